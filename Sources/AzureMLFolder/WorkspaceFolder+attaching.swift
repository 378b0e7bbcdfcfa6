import FileAccess
import Glibc
package import RunServices

extension WorkspaceFolder {
    /// What a folder gets as examples; the documentation of Azure's command line submits with the second.
    package static let sampleNames = ["local", "sklearn"]

    /// Makes `path` a folder of that workspace: writes `.azureml/config.json`, and samples of run configurations where there
    /// are none of their names.
    package static func attach(_ path: String, to config: WorkspaceConfig) throws(RunServiceError) -> WorkspaceFolder {
        let path = FileAccess.absolute(path)
        guard FileAccess.isDirectory(path) else {
            throw RunServiceError(.notFound, "There is no directory \(Shown.path(path)).")
        }
        let folder = path == "/" ? "/.azureml" : path + "/.azureml"
        if mkdir(folder, 0o777) != 0 && errno != EEXIST { throw unwritable(folder) }
        for name in sampleNames {
            let file = "\(folder)/\(name).runconfig"
            if FileStamp(file) == nil { try write(RunConfigurationFile.sample, to: file) }
        }
        // Last, since it is what makes the folder one.
        try write(config.json, to: folder + "/config.json")
        return WorkspaceFolder(config: config, file: folder + "/config.json", path: path)
    }

    /// In one step, so that nobody reads half of it.
    private static func write(_ text: String, to file: String) throws(RunServiceError) {
        let draft = "\(file).\(getpid()).new"
        let handle = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard handle >= 0 else { throw unwritable(file) }
        let isWritten = FileAccess.write(Array(text.utf8), to: handle)
        let code = errno
        close(handle)
        if isWritten && rename(draft, file) == 0 { return }
        if !isWritten { errno = code }
        let error = unwritable(file)
        unlink(draft)
        throw error
    }

    private static func unwritable(_ file: String) -> RunServiceError {
        RunServiceError(.forbidden, "\(Shown.path(file)) cannot be written: \(String(cString: strerror(errno))).")
    }
}
