import FileAccess
import Glibc
package import RunServices

/// Where run configurations are: `NAME.runconfig` in a folder, or in its `.azureml`.
package enum RunConfigurationFile {
    private static let suffix = ".runconfig"
    /// Bytes; what the SDK saves has a few thousand.
    private static let sizeLimit = 1 << 20

    /// The configuration of that name, which may be a path, and the file that it came from.
    package static func read(_ name: String, in folder: String) throws(RunServiceError) -> (RunConfiguration, String) {
        let places = candidates(name, in: folder)
        for file in places {
            guard let stamp = FileStamp(file, followingLinks: true), stamp.isFile, let real = realpath(file, nil) else {
                continue
            }
            defer { free(real) }
            guard let bytes = FileAccess.contents(String(cString: real), limit: sizeLimit + 1) else {
                throw RunServiceError(
                    .forbidden, "\(Shown.path(file)) cannot be read: \(String(cString: strerror(errno))).")
            }
            if bytes.count > sizeLimit {
                throw RunServiceError(.invalid, "\(Shown.path(file)) is too large for a run configuration.")
            }
            return (try RunConfiguration(yaml: bytes, name: Shown.path(file)), file)
        }
        let known = names(in: folder)
        let offer =
            known.isEmpty
            ? "`runwatch attach` writes a sample"
            : "there is \(known.map { "`\(Shown.text($0))`" }.joined(separator: ", "))"
        throw RunServiceError(
            .notFound, "There is no run configuration `\(Shown.text(name))` in \(Shown.path(folder)); \(offer).")
    }

    /// Where `name` is looked for, in this order.
    private static func candidates(_ name: String, in folder: String) -> [String] {
        let file = name.hasSuffix(suffix) ? name : name + suffix
        if name.hasPrefix("/") { return [name, file] }
        return (WorkspaceFolder.directories.map { "\(folder)/\($0)/\(file)" } + ["\(folder)/\(file)"])
            + (name.hasSuffix(suffix) ? [] : name.contains("/") ? ["\(folder)/\(name)"] : [])
    }

    /// The names of the configurations in a folder, sorted.
    package static func names(in folder: String) -> [String] {
        var found: Set<String> = []
        for place in WorkspaceFolder.directories.map({ "\(folder)/\($0)" }) + [folder] {
            guard case .success(let names) = FileAccess.names(in: place) else { continue }
            found.formUnion(names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) })
        }
        return found.sorted()
    }

    /// What `attach` leaves as an example: it runs on any machine that has a Python.
    package static let sample = """
        # How `runwatch submit -c NAME SCRIPT` and `az ml run submit-script -c NAME SCRIPT` run a script.
        # The script, unless the command line names one, and its arguments.
        script:
        arguments: []
        # Where it runs: on this machine, or with `slurm` as a job of Slurm's.
        target: local
        framework: Python
        communicator: None
        nodeCount: 1
        environment:
          # Set for the script, besides what it inherits.
          environmentVariables: {}
          python:
            # The packages are there already; runwatch installs nothing.
            userManagedDependencies: true
            interpreterPath: python
          docker:
            enabled: false

        """
}
