import GRDB
import GRDBSQLite
import RunServices
import Synchronization

/// Two SQLite connections to one store: reads never wait for a write that waits for another process.
///
/// The writing one opens with the first write, since most dashboards never need it.
final class StoreConnections: Sendable {
    let place: StorePlace
    private let reader: DatabaseQueue
    private let writer = Mutex<DatabaseQueue?>(nil)

    private init(place: StorePlace, reader: DatabaseQueue) {
        self.place = place
        self.reader = reader
    }

    struct Opened {
        var connections: StoreConnections
        /// Why nothing can be written; nil when it can.
        var readOnlyReason: String?
    }

    static func open(_ place: StorePlace, access: LocalStore.Access) throws(RunServiceError) -> Opened {
        do {
            return try openMapped(place, access: access)
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }

    private static func openMapped(_ place: StorePlace, access: LocalStore.Access) throws -> Opened {
        if access == .readOnly {
            try place.requireDatabase()
            let reader = try readOnlyReader(place)
            try checkSchema(reader, place)
            return Opened(
                connections: StoreConnections(place: place, reader: reader),
                readOnlyReason: "This dashboard was started read-only; start it without --read-only to change runs.")
        }
        do {
            let reader = try connect(place.database, readOnly: false)
            let connections = StoreConnections(place: place, reader: reader)
            let isReadOnly = reader.unsafeRead { sqlite3_db_readonly($0.sqliteConnection, "main") == 1 }
            if !isReadOnly {
                try connections.migrateIfNeeded()
                return Opened(connections: connections)
            }
        } catch let error as DatabaseError where error.deniesWriting && place.databaseIsReadable {
            // Tried again below without the wish to write.
        }
        let reader = try readOnlyReader(place)
        try checkSchema(reader, place)
        return Opened(
            connections: StoreConnections(place: place, reader: reader),
            readOnlyReason:
                "The run store \(place.name) can be read but not written by you; ask its owner for permission.")
    }

    private func migrateIfNeeded() throws {
        switch try reader.unsafeRead(StoreSchema.state) {
        case .current: return
        case .newer(let found): throw place.newerSchema(found)
        case .foreign: throw place.foreignDatabase()
        case .empty, .older:
            try writerQueue().writeWithoutTransaction(StoreSchema.migrate)
            // Another process may have created something else in between.
            try Self.checkSchema(reader, place)
        }
    }

    private static func checkSchema(_ reader: DatabaseQueue, _ place: StorePlace) throws {
        switch try reader.unsafeRead(StoreSchema.state) {
        case .current: return
        case .newer(let found): throw place.newerSchema(found)
        case .older(let found): throw place.olderSchema(found)
        case .foreign, .empty: throw place.foreignDatabase()
        }
    }

    /// A WAL file without its companions in a directory that cannot be written needs SQLite's promise that nobody writes.
    private static func readOnlyReader(_ place: StorePlace) throws -> DatabaseQueue {
        do {
            let reader = try connect(place.database, readOnly: true)
            _ = try reader.unsafeRead { try $0.integer("PRAGMA user_version") }
            return reader
        } catch let error as DatabaseError where error.deniesWriting && place.hasNoPendingWrites {
            return try connect(place.immutableURI, readOnly: true)
        }
    }

    private func writerQueue() throws -> DatabaseQueue {
        try writer.withLock { existing in
            if let existing { return existing }
            let opened = try Self.connect(place.database, readOnly: false)
            existing = opened
            return opened
        }
    }

    private static func connect(_ path: String, readOnly: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = readOnly
        // Seconds: longer than any transaction of ours, shorter than a person's patience.
        configuration.busyMode = .timeout(5)
        configuration.label = "runwatch.store"
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}

extension StoreConnections {
    /// Reads on the reading connection, outside a transaction: for a single statement.
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            return try await reader.unsafeRead(body)
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }

    /// Reads one consistent state of the store with several statements.
    func readSnapshot<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        try await read { db in try db.transaction("BEGIN DEFERRED", body) }
    }

    /// Writes in one transaction that holds the write lock from its beginning, so that what it reads stays true.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            return try await writerQueue().writeWithoutTransaction { db in try db.transaction("BEGIN IMMEDIATE", body) }
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }
}
