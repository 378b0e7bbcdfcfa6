import FileAccess
import Glibc
package import RunServices

/// A folder that is attached to a workspace, as Azure's tools find it from anywhere below.
package struct WorkspaceFolder: Equatable, Sendable {
    /// Which workspace.
    package let config: WorkspaceConfig
    /// The file that says so.
    package let file: String
    /// The folder itself: where a script is submitted from, and where run configurations are.
    package let path: String

    /// Where Azure's tools have kept their files, now and before.
    package static let directories = [".azureml", "aml_config"]
    private static let fileNames = ["config.json", "project.json"]
    /// Bytes; a config has a few hundred.
    private static let sizeLimit = 65_536
    /// Folders on the way up; a path of more has no meaning to a person.
    private static let heightLimit = 256

    /// The nearest attached folder at or above `directory`; nil when there is none.
    ///
    /// In `.azureml` and `aml_config` a `config.json` that names no workspace is an error. Beside them it is passed over:
    /// many programs have a file of that name.
    package static func nearest(to directory: String) throws(RunServiceError) -> WorkspaceFolder? {
        var path = FileAccess.absolute(directory)
        for _ in 0..<heightLimit {
            for folder in directories + [""] {
                for name in fileNames {
                    let file = joined(path, folder, name)
                    if let found = try read(file, path: path, isOwn: !folder.isEmpty) { return found }
                }
            }
            if path == "/" { return nil }
            path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            if path.isEmpty { path = "/" }
        }
        return nil
    }

    /// The workspace that one file names, wherever it is.
    package static func reading(_ file: String) throws(RunServiceError) -> WorkspaceFolder {
        let full = FileAccess.absolute(file)
        var parts = full.split(separator: "/").dropLast()
        if let last = parts.last, directories.contains(String(last)) { parts = parts.dropLast() }
        if let found = try read(full, path: "/" + parts.joined(separator: "/"), isOwn: true) { return found }
        throw RunServiceError(.notFound, "There is no \(Shown.path(full)).")
    }

    private static func joined(_ parts: String...) -> String {
        "/" + parts.flatMap { $0.split(separator: "/") }.joined(separator: "/")
    }

    private static func read(_ file: String, path: String, isOwn: Bool) throws(RunServiceError) -> WorkspaceFolder? {
        guard let stamp = FileStamp(file, followingLinks: true), stamp.isFile else { return nil }
        // The file may well be a link, to one that several folders share.
        guard let real = realpath(file, nil) else { return nil }
        defer { free(real) }
        guard let bytes = FileAccess.contents(String(cString: real), limit: sizeLimit) else {
            if !isOwn { return nil }
            throw RunServiceError(
                .forbidden, "\(Shown.path(file)) cannot be read: \(String(cString: strerror(errno))).")
        }
        do {
            if let config = try WorkspaceConfig(json: bytes) {
                return WorkspaceFolder(config: config, file: file, path: path)
            }
        } catch {
            throw RunServiceError(.invalid, "\(Shown.path(file)): \(error.message)")
        }
        if !isOwn { return nil }
        throw RunServiceError(
            .invalid,
            "\(Shown.path(file)) names no workspace; it needs `subscription_id`, `resource_group` and `workspace_name`."
        )
    }
}
