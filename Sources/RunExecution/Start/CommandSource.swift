import Glibc
import ProcessTable
package import RunServices

/// What is known of a command before it runs.
package enum CommandSource {
    /// `directory`: the current one, absolute.
    package static func of(_ command: [String], in directory: String) -> RunSource {
        var source = RunSource(command: command, directory: directory, host: ProcessTable.hostName)
        source.revision = revision(of: source.entryPoint, in: directory)
        return source
    }

    /// That of the script, as MLflow's client finds it; of the current directory for what is in no repository.
    private static func revision(of entryPoint: String, in directory: String) -> SourceRevision? {
        let path = entryPoint.hasPrefix("/") ? entryPoint : directory + "/" + entryPoint
        if let slash = path.lastIndex(of: "/"), access(path, F_OK) == 0,
            let own = GitCheckout(containing: String(path[..<slash]))
        {
            return own.revision
        }
        return GitCheckout(containing: directory)?.revision
    }
}
