import GRDB
import GRDBSQLite
import RunServices
import SQLiteStatements
import Synchronization

/// Two SQLite connections to one database of MLflow's: reads never wait for a write that waits for a training script.
final class DatabaseConnections: Sendable {
    let place: DatabasePlace
    let reader: DatabaseQueue
    /// Whether SQLite may undo what a writer that died left half done; reading needs that.
    private let mayRecover: Bool
    /// Opened with the first write.
    private let writer = Mutex<DatabaseQueue?>(nil)

    init(_ place: DatabasePlace, mayRecover: Bool) throws {
        self.place = place
        self.mayRecover = mayRecover
        do {
            reader = try Self.connect(place, readOnly: true)
        } catch let error as DatabaseError where mayRecover && error.isOfHalfDoneWrite {
            // GRDB reads with every connection that it opens, and reading recovers.
            try Self.connect(place, readOnly: false).close()
            reader = try Self.connect(place, readOnly: true)
        }
    }

    /// Whether the file system lets us write.
    func isWritable() throws -> Bool {
        do {
            return try writerQueue().unsafeRead { sqlite3_db_readonly($0.sqliteConnection, "main") == 0 }
        } catch let error as DatabaseError {
            let denials: [ResultCode] = [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM]
            if denials.contains(error.resultCode) { return false }
            throw error
        }
    }

    private func writerQueue() throws -> DatabaseQueue {
        try writer.withLock { existing in
            if let existing { return existing }
            let opened = try Self.connect(place, readOnly: false)
            existing = opened
            return opened
        }
    }

    /// Neither the journal mode nor anything else that the file keeps is changed.
    private static func connect(_ place: DatabasePlace, readOnly: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = readOnly
        // Seconds. A training script's commit takes milliseconds; a person does not wait longer.
        configuration.busyMode = .timeout(5)
        configuration.label = "runwatch.mlflow"
        return try DatabaseQueue(path: place.uri(readOnly: readOnly), configuration: configuration)
    }

    /// For the first look, before there is anything to wait for.
    func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value { try reader.unsafeRead(body) }

    /// Reads outside a transaction.
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            do {
                return try await reader.unsafeRead(body)
            } catch let error as DatabaseError where mayRecover && error.isOfHalfDoneWrite {
                try Self.connect(place, readOnly: false).close()
                return try await reader.unsafeRead(body)
            }
        } catch {
            throw place.error(error)
        }
    }

    /// Writes in one transaction that holds the write lock from its beginning, so that what it reads stays true.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            return try await writerQueue().writeWithoutTransaction { db in try db.transaction("BEGIN IMMEDIATE", body) }
        } catch {
            throw place.error(error)
        }
    }
}

extension DatabaseError {
    /// A writer died in the middle of a commit, and the connection that noticed may only read.
    var isOfHalfDoneWrite: Bool {
        extendedResultCode == .SQLITE_READONLY_ROLLBACK || extendedResultCode == .SQLITE_READONLY_RECOVERY
    }
}
