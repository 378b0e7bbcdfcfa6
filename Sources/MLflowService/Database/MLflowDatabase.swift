package import RunModel
package import RunServices
import SQLiteStatements
import Synchronization

/// The run service over an MLflow database (`mlflow.db`), read and written as MLflow itself would, without it.
///
/// Nothing is ever migrated or created, and no read keeps the lock that a training script's commit waits for longer
/// than one page of runs takes.
package final class MLflowDatabase: RecordStore {
    package let capabilities: Capabilities
    let clock: @Sendable () -> Timestamp
    let connections: DatabaseConnections
    let logFiles = ArtifactLogFiles()
    private let schema: MLflowSchema
    private let state = Mutex(State())

    private struct State {
        var ledger = ChangeLedger()
        var watch = DatabaseWatch()
    }

    /// Opens the database at `path`. Throws `notFound` when there is no file, `unexpectedResponse` when it is not an
    /// MLflow database since 2022-08, `forbidden`, and `unavailable` when it stays locked.
    package init(
        at path: String, readOnly: Bool = false, clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) {
        let place = DatabasePlace(path: path)
        try place.check()
        do {
            connections = try DatabaseConnections(place, mayRecover: !readOnly)
            schema = try connections.readNow { db in try MLflowSchema.read(db, of: place) }
            var reason: String?
            if readOnly {
                reason = StoredCapabilities.readOnlyByChoice
            } else if try !connections.isWritable() {
                reason =
                    "The MLflow database \(place.name) can be read but not written by you; ask its owner for permission."
            }
            capabilities = StoredCapabilities.make(readOnlyReason: reason)
        } catch {
            throw place.error(error)
        }
        self.clock = clock
    }

    /// Absolute.
    var path: String { connections.place.path }

    package var description: ServiceDescription {
        ServiceDescription(kind: "mlflow", location: connections.place.name)
    }

    func read<Value: Sendable>(
        _ body: @Sendable (DatabaseSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let (schema, directory) = (schema, connections.place.directory)
        return try await connections.read { db in
            try body(DatabaseSession(db: db, schema: schema, directory: directory))
        }
    }

    func write<Value: Sendable>(
        _ body: @Sendable (DatabaseSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let (schema, directory) = (schema, connections.place.directory)
        return try await connections.write { db in
            try body(DatabaseSession(db: db, schema: schema, directory: directory))
        }
    }

    func poll<Value: Sendable>(
        _ body: @Sendable (inout ChangeLedger, DatabaseSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let now = clock()
        return try await read { session in
            try self.state.withLock { state in
                try state.watch.refresh(&state.ledger, session, at: now)
                return try body(&state.ledger, session)
            }
        }
    }
}
