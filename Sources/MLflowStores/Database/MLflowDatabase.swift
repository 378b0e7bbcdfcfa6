import FileAccess
import GRDB
import MLflowArtifacts
package import RunModel
package import RunServices
import SQLiteStatements
import Synchronization

/// The run service over an MLflow database (`mlflow.db`), read and written as MLflow itself would, without it.
///
/// Nothing is ever migrated or created, and no read keeps the lock that a training script's commit waits for longer
/// than one page of runs takes.
package final class MLflowDatabase: RecordStore {
    /// Fixed when the store is opened: writing needs the permission and no request for read-only.
    package let capabilities: Capabilities
    let clock: @Sendable () -> Timestamp
    let logFiles = ArtifactLogFiles()
    private let place: DatabasePlace
    private let mayRecover: Bool
    private let opened: Mutex<Opened>
    private let state = Mutex(State())

    /// The database as it was opened last: another file may take its place.
    private struct Opened: Sendable {
        var connections: DatabaseConnections
        var schema: MLflowSchema
        let series = DatabaseSeries()
        /// Counts openings.
        var opening = 0
        /// The opening since which it is the same file.
        var origin = 0

        init(_ place: DatabasePlace, mayRecover: Bool) throws {
            let connections = try DatabaseConnections(place, mayRecover: mayRecover)
            self.connections = connections
            schema = try connections.readNow { db in try MLflowSchema.read(db, of: place) }
        }
    }

    private struct State {
        var ledger = ChangeLedger()
        var watch = DatabaseWatch()
        var opening = 0
        var origin = 0

        /// What was noticed of another file says nothing of this one, and another connection counts commits anew.
        mutating func follow(_ opened: Opened) {
            if origin != opened.origin {
                self = State()
            } else if opening != opened.opening {
                watch.expectChange()
            }
            (opening, origin) = (opened.opening, opened.origin)
        }
    }

    /// Opens the database at `path`. Throws `notFound` when there is no file, `unexpectedResponse` when it is not an
    /// MLflow database since 2022-08, `forbidden`, and `unavailable` when it stays locked.
    package init(
        at path: String, readOnly: Bool = false, clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) {
        let place = DatabasePlace(path: path)
        try place.check()
        do {
            let first = try Opened(place, mayRecover: !readOnly)
            var reason = first.connections.reading.limitation(of: place)
            if readOnly {
                reason = StoredCapabilities.readOnlyByChoice
            } else if reason == nil && !first.connections.isWritable {
                reason =
                    "The MLflow database \(place.name) can be read but not written by you; ask its owner for permission."
            }
            opened = Mutex(first)
            capabilities = StoredCapabilities.make(readOnlyReason: reason)
        } catch {
            throw place.error(error)
        }
        self.place = place
        mayRecover = !readOnly
        self.clock = clock
    }

    /// Absolute.
    var path: String { place.path }

    /// To what lay at the path when it was opened last.
    var connections: DatabaseConnections { opened.withLock { $0.connections } }

    /// The location is the path as a person would write it.
    package var description: ServiceDescription { ServiceDescription(kind: "mlflow", location: place.name) }

    func read<Value: Sendable>(
        _ body: @Sendable (DatabaseSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        try await withCurrent { current throws(RunServiceError) in
            try await current.connections.read { db in try body(session(db, current)) }
        }
    }

    func write<Value: Sendable>(
        _ body: @Sendable (DatabaseSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        try await withCurrent { current throws(RunServiceError) in
            try await current.connections.write { db in try body(session(db, current)) }
        }
    }

    func poll<Value: Sendable>(
        _ body: @Sendable (inout ChangeLedger, DatabaseSession) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let now = clock()
        return try await withCurrent { current throws(RunServiceError) in
            try await current.connections.read { db in
                let session = session(db, current)
                return try self.state.withLock { state in
                    state.follow(current)
                    try state.watch.refresh(&state.ledger, session, at: now)
                    return try body(&state.ledger, session)
                }
            }
        }
    }

    private func session(_ db: Database, _ current: Opened) -> DatabaseSession {
        DatabaseSession(db: db, schema: current.schema, directory: place.directory, series: current.series)
    }

    /// Asks again when another file took the place of the one that was open; `body` answers nil then.
    private func withCurrent<Value: Sendable>(
        _ body: (Opened) async throws(RunServiceError) -> Value?
    ) async throws(RunServiceError) -> Value {
        // A file that is replaced again and again is not one to wait for.
        for _ in 0..<3 {
            let current = opened.withLock { $0 }
            if let value = try await body(current) { return value }
            try await reopen(after: current)
        }
        throw place.vanished
    }

    /// Opens what lies at the path now, unless another call has. Throws `unavailable` when there is nothing.
    private func reopen(after old: Opened) async throws(RunServiceError) {
        try await BlockingCall.run { () throws(RunServiceError) in
            do throws(RunServiceError) {
                try self.place.check()
            } catch {
                throw error.code == .notFound ? self.place.vanished : error
            }
            do {
                var new = try Opened(self.place, mayRecover: self.mayRecover)
                new.opening = old.opening + 1
                let isSame = new.connections.files.isSameDatabase(as: old.connections.files)
                new.origin = isSame ? old.origin : new.opening
                self.opened.withLock { [new] opened in
                    if opened.opening == old.opening { opened = new }
                }
            } catch {
                throw self.place.error(error)
            }
        }
    }
}
