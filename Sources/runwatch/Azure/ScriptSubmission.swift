import ArgumentParser
import AzureMLFolder
import FileAccess
import RunExecution
import RunModel
import RunServices

/// A script and its run configuration, as `az ml run submit-script` takes them.
struct ScriptSubmission {
    /// The folder in which configurations are looked for.
    var path: String?
    /// The folder of the script, in which it is started; nil for `path`.
    var sourceDirectory: String?
    /// The name of a configuration; nil for this machine as it is.
    var configurationName: String?
    /// Another target than the configuration's.
    var target: String?
    /// The script and its arguments, which count for more than the configuration's.
    var words: [String]

    /// What is to be started, and where.
    struct Plan {
        var command: [String]
        /// The same as the system has it, where that is not text.
        var exactCommand: [[UInt8]]
        /// An absolute path.
        var directory: String
        var variables: [String: String]
        /// What a job of Slurm's is asked for; nil for this machine.
        var slurmOptions: [String]?
    }

    private var folder: String { FileAccess.absolute(path ?? Environment.currentDirectory) }

    /// Throws `notFound` for what is not there, and `unsupported` with the name of what this machine cannot do.
    func plan() throws -> Plan {
        let (configuration, name) = try configuration()
        if let obstacle = configuration.obstacle {
            let whose = name.map { "The run configuration `\(Shown.text($0))`" } ?? "The submission"
            throw RunServiceError(.unsupported, "\(whose) cannot run here: \(obstacle).")
        }
        guard let script = configuration.script else {
            throw ConsoleError(
                "No script is named, neither on the command line nor in the run configuration.", .usage)
        }
        let directory = FileAccess.absolute(sourceDirectory ?? folder)
        if !FileAccess.isDirectory(directory) {
            throw RunServiceError(.notFound, "There is no directory \(Shown.path(directory)).")
        }
        let file = script.hasPrefix("/") ? script : directory + "/" + script
        guard FileStamp(file, followingLinks: true)?.isFile == true else {
            throw RunServiceError(.notFound, "There is no script \(Shown.text(script)) in \(Shown.path(directory)).")
        }
        let interpreter = interpreter(of: configuration.environment, in: directory)
        let isGiven = !words.isEmpty
        let rest = words.count > 1 ? CommandText.exact(Array(words.dropFirst())) : bytes(configuration.arguments)
        let first = isGiven ? Array(CommandText.exact(words).prefix(1)) : bytes([script])
        return Plan(
            command: [interpreter, script] + configuration.arguments, exactCommand: bytes([interpreter]) + first + rest,
            directory: directory, variables: configuration.environment.variables,
            slurmOptions: try configuration.slurmOptions)
    }

    private func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    /// With what the command line says in the place of what the file says.
    private func configuration() throws -> (RunConfiguration, name: String?) {
        var configuration = RunConfiguration()
        if let configurationName { configuration = try read(configurationName) }
        if let script = words.first { configuration.script = script }
        if words.count > 1 { configuration.arguments = Array(words.dropFirst()) }
        if let target { configuration.target = target }
        return (configuration, configurationName)
    }

    private func read(_ name: String) throws(RunServiceError) -> RunConfiguration {
        do throws(RunServiceError) {
            return try RunConfigurationFile.read(name, in: folder).0
        } catch {
            // From a folder below the one that is attached.
            guard error.code == .notFound, path == nil, let attached = try WorkspaceFolder.nearest(to: folder),
                attached.path != folder, RunConfigurationFile.names(in: attached.path).contains(name)
            else { throw error }
            return try RunConfigurationFile.read(name, in: attached.path).0
        }
    }

    /// `python`, as files of the SDK have it, is `python3` where a system has that alone.
    private func interpreter(of environment: RunEnvironment, in directory: String) -> String {
        let named = environment.interpreterPath ?? "python"
        if named.contains("/") { return named.hasPrefix("/") ? named : directory + "/" + named }
        if named == "python", case .failed = ExecutableLookup.find(Array(named.utf8), searchPath: Self.searchPath) {
            return "python3"
        }
        return named
    }

    private static var searchPath: [UInt8]? { Environment.value("PATH").map { Array($0.utf8) } }
}
