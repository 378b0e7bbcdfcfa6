import FileAccess
import RunModel
package import RunServices
import Synchronization

/// The embedded run service: runs in a SQLite file that several processes share, logs beside it.
package final class LocalStore: SupervisedRunService {
    /// What the opener asks for; a store that the file system does not let us write is read-only all the same.
    package enum Access: Sendable, Equatable {
        case readWrite
        case readOnly
    }

    /// What can be done here; all of it unless the store is read-only.
    package let capabilities: Capabilities
    /// Absolute path of the store's directory.
    package let directory: String

    let connections: StoreConnections
    let clock: @Sendable () -> Timestamp
    let logs: LogDirectory
    let files: ArtifactFiles
    let polling = Mutex(PollingState())
    /// Whether this instance has looked for what unfinished uploads left behind.
    let hasSweptUploads = Mutex(false)

    init(
        directory: String, artifacts: String?, connections: StoreConnections, capabilities: Capabilities,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.directory = directory
        self.connections = connections
        self.capabilities = capabilities
        self.clock = clock
        logs = LogDirectory(path: directory + "/logs")
        files = ArtifactFiles(base: artifacts.map(FileAccess.absolute) ?? directory + "/artifacts")
    }

    /// For the header of a screen.
    package var description: ServiceDescription {
        ServiceDescription(kind: "local", location: connections.place.name)
    }
}
