import FileAccess
import GRDB
import Glibc
import RunServices
import SQLiteStatements
import Synchronization

/// Two SQLite connections to one database of MLflow's: reads never wait for a write that waits for a training script.
final class DatabaseConnections: Sendable {
    let place: DatabasePlace
    let reader: DatabaseQueue
    let reading: DatabaseReading
    /// As they were when they were opened.
    let files: DatabaseFiles
    /// Whether SQLite may undo what a writer that died left half done; reading needs that.
    private let mayRecover: Bool
    /// Opened with the first write.
    private let writer = Mutex<DatabaseQueue?>(nil)

    /// Opens what lies at `place` now.
    init(_ place: DatabasePlace, mayRecover: Bool) throws {
        self.place = place
        self.mayRecover = mayRecover
        files = DatabaseFiles(place.path)
        do {
            (reader, reading) = (try Self.connect(place.uri(readOnly: true)), .shared)
        } catch let error as DatabaseError {
            // GRDB reads with every connection that it opens, and reading recovers.
            if mayRecover, error.isOfHalfDoneWrite, let recovering = try? Self.connect(place.uri(readOnly: false)) {
                try recovering.close()
                (reader, reading) = (try Self.connect(place.uri(readOnly: true)), .shared)
            } else if error.isOfMissingFiles, place.isInWriteAheadMode {
                (reader, reading) = try Self.connectAlone(place, files)
            } else {
                throw error
            }
        }
    }

    /// Whether what is at the path is what was opened, in every byte where no lock keeps others from writing.
    private var isCurrent: Bool {
        let now = DatabaseFiles(place.path)
        if case .shared = reading { return now.isSameDatabase(as: files) }
        return now == files
    }

    /// Whether the file system lets us write; asked without a connection, which would read the whole schema once more.
    var isWritable: Bool {
        guard case .shared = reading, access(place.path, W_OK) == 0 else { return false }
        // SQLite keeps a journal beside the file, or in write-ahead mode the log that is there.
        return access(place.directory.isEmpty ? "/" : place.directory, W_OK | X_OK) == 0 || files.log != nil
    }

    private func writerQueue() throws -> DatabaseQueue {
        try writer.withLock { existing in
            if let existing { return existing }
            let opened = try Self.connect(place.uri(readOnly: false))
            existing = opened
            return opened
        }
    }

    /// Neither the journal mode nor anything else that the file keeps is changed.
    static func connect(_ uri: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = uri.contains("?mode=ro")
        // Seconds. A training script's commit takes milliseconds; a person does not wait longer.
        configuration.busyMode = .timeout(5)
        configuration.label = "runwatch.mlflow"
        return try DatabaseQueue(path: uri, configuration: configuration)
    }

    /// For the first look, before there is anything to wait for.
    func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value { try reader.unsafeRead(body) }

    /// Reads outside a transaction. Nil when something else lies at the path by now, or nothing.
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value? {
        do {
            do {
                return try await readCurrent(body)
            } catch let error as DatabaseError where mayRecover && error.isOfHalfDoneWrite {
                try await BlockingCall.run { try Self.connect(self.place.uri(readOnly: false)).close() }
                return try await readCurrent(body)
            }
        } catch {
            throw place.error(error)
        }
    }

    private func readCurrent<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value? {
        try await reader.unsafeRead { db in
            guard self.isCurrent else { return nil }
            if case .shared = self.reading { return try body(db) }
            let value = Result { try body(db) }
            // Read without locks: what was written meanwhile makes the value worth nothing, and its error too.
            return self.isCurrent ? try value.get() : nil
        }
    }

    /// Writes in one transaction that holds the write lock from its beginning, so that what it reads stays true.
    ///
    /// Nil, with nothing written, when something else lies at the path by now, or nothing.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value? {
        do {
            let queue = try await BlockingCall.run { self.isCurrent ? try self.writerQueue() : nil }
            guard let queue else { return nil }
            return try await queue.writeWithoutTransaction { db in
                guard self.isCurrent else { return nil }
                return try db.transaction("BEGIN IMMEDIATE", body)
            }
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

    /// SQLite could not make a file that it needs beside the database.
    var isOfMissingFiles: Bool { resultCode == .SQLITE_CANTOPEN || resultCode == .SQLITE_READONLY }
}
