import FileAccess
import GRDB
import GRDBSQLite
import Glibc
import RunServices
import SQLiteStatements
import Synchronization

/// The SQLite connections to one store: one that polls, a few that answer other questions, and one that writes.
///
/// WAL lets them work at the same time, so that no read waits for another read, nor for a write that waits for another
/// process. All but the polling one open when they are first needed, since most dashboards need few of them.
final class StoreConnections: Sendable {
    let place: StorePlace
    private let readers: Mutex<StoreReaders>
    private let writer = Mutex<DatabaseQueue?>(nil)
    let writes = WriteQueue()

    /// Seconds: longer than any transaction of ours, shorter than a person's patience.
    private static let lockPatience = 5.0

    private init(place: StorePlace, readers: StoreReaders) {
        self.place = place
        self.readers = Mutex(readers)
    }

    /// Whether anything was written, or tried to be, through this value.
    var hasWriter: Bool { writer.withLock { $0 != nil } }

    struct Opened {
        var connections: StoreConnections
        /// Why nothing can be written; nil when it can.
        var readOnlyReason: String?
    }

    /// Waits up to `lockPatience` on the thread that calls.
    static func open(_ place: StorePlace, access: LocalStore.Access) throws(RunServiceError) -> Opened {
        do {
            return try openPatiently(place, access: access)
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }

    /// Waits for other processes where SQLite does not: changing to WAL and recovering its index answer "locked" at once.
    private static func openPatiently(_ place: StorePlace, access: LocalStore.Access) throws -> Opened {
        let deadline = ContinuousClock.now + .seconds(lockPatience)
        while true {
            do {
                return try openMapped(place, access: access)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
            {
                // Long enough for the other one to end its step, too short to be felt.
                var pause = timespec(tv_sec: 0, tv_nsec: 5_000_000)
                nanosleep(&pause, nil)
            }
        }
    }

    private static func openMapped(_ place: StorePlace, access: LocalStore.Access) throws -> Opened {
        try place.checkDatabase(mustExist: access == .readOnly)
        if access == .readOnly {
            let readers = try readOnlyReaders(place)
            try checkSchema(readers.poller, place)
            return Opened(
                connections: StoreConnections(place: place, readers: readers),
                readOnlyReason: Capabilities.openedReadOnly)
        }
        do {
            let queue = try connect(place.database, readOnly: false)
            let readers = StoreReaders(poller: queue) { try connect(place.database, readOnly: false, isExtra: true) }
            let connections = StoreConnections(place: place, readers: readers)
            let isReadOnly = queue.unsafeRead { sqlite3_db_readonly($0.sqliteConnection, "main") == 1 }
            if !isReadOnly {
                try connections.migrateIfNeeded(queue)
                return Opened(connections: connections)
            }
        } catch let error as DatabaseError where error.deniesWriting && place.databaseIsReadable {
            // Tried again below without the wish to write.
        }
        let readers = try readOnlyReaders(place)
        try checkSchema(readers.poller, place)
        return Opened(
            connections: StoreConnections(place: place, readers: readers),
            readOnlyReason:
                "The run store \(place.name) can be read but not written by you; ask its owner for permission.")
    }

    private func migrateIfNeeded(_ reader: DatabaseQueue) throws {
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

    /// A store in WAL mode in a directory where nothing can be created is readable only on a promise that no process
    /// writes.
    private static func readOnlyReaders(_ place: StorePlace) throws -> StoreReaders {
        do {
            let queue = try connect(place.database, readOnly: true)
            _ = try queue.unsafeRead { try $0.integer("PRAGMA user_version") }
            return StoreReaders(poller: queue) { try connect(place.database, readOnly: true, isExtra: true) }
        } catch let error as DatabaseError where error.deniesWriting && place.hasNoPendingWrites {
            let promised = place.fileState
            let queue = try connect(place.immutableURI, readOnly: true)
            var readers = StoreReaders(poller: queue) {
                try connect(place.immutableURI, readOnly: true, isExtra: true)
            }
            readers.promised = promised
            return readers
        }
    }

    /// The readers; new ones when a promise that no process writes turned out to be broken.
    private func withReaders<Value: Sendable>(_ body: (inout StoreReaders) throws -> Value) throws -> Value {
        try readers.withLock { readers in
            if let promised = readers.promised, promised != place.fileState || !place.hasNoPendingWrites {
                readers = try Self.readOnlyReaders(place)
            }
            return try body(&readers)
        }
    }

    /// The writing connection, opened where waiting for another process's lock keeps no other call waiting.
    private func openedWriter() async throws(RunServiceError) -> DatabaseQueue {
        if let opened = writer.withLock({ $0 }) { return opened }
        return try await BlockingCall.run { [self] () throws(RunServiceError) in
            do {
                return try writerQueue()
            } catch {
                throw place.error(error)
            }
        }
    }

    private func writerQueue() throws -> DatabaseQueue {
        try writer.withLock { existing in
            if let existing { return existing }
            let opened = try Self.connect(place.database, readOnly: false, writes: true)
            existing = opened
            return opened
        }
    }

    /// - Parameter isExtra: one of several readers, which keeps little in memory: the kernel's cache is near enough.
    private static func connect(
        _ path: String, readOnly: Bool, writes: Bool = false, isExtra: Bool = false
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(lockPatience)
        configuration.label = "runwatch.store"
        if writes {
            // What was answered with success survives a power cut; some builds of SQLite default to less in WAL mode.
            // What a savepoint may have to take back is kept in memory, which is quicker than a file of its own.
            configuration.prepareDatabase {
                try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
            }
        }
        configuration.prepareDatabase { $0.add(function: SQLTests.function) }
        if isExtra {
            // In kibibytes; SQLite's own default is 2,000 for each connection.
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -256") }
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}

extension StoreConnections {
    /// Reads on the polling connection, the one whose `PRAGMA data_version` can be compared from call to call.
    ///
    /// Outside a transaction. Throws what the store's failure means to a person.
    func poll<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            return try await withReaders { $0.poller }.unsafeRead(body)
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }

    /// Reads on a connection that no other call uses, outside a transaction: for a single statement.
    ///
    /// With all of them in use it waits for the one with the fewest users. Throws what the store's failure means to a
    /// person.
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            let queue = try withReaders { readers in try readers.take() }
            defer { readers.withLock { $0.giveBack(queue) } }
            return try await queue.unsafeRead(body)
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

    /// Writes in a transaction that holds the write lock from its beginning, so that what it reads stays true.
    ///
    /// Changes that come together share the transaction; each is whole or not at all by itself. Answers once the
    /// transaction is committed. A cancelled task does not wait for a change that has not begun.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        let queue = try await openedWriter()
        let job = WriteJob(body)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if job.wait(continuation) { writes.submit(job, on: queue) }
            }
        } onCancel: {
            job.cancel()
        }
        do {
            return try result.get()
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }

    /// Reads one consistent state on a connection that only searches use, so that a long one keeps no other question waiting.
    func search<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(RunServiceError) -> Value {
        do {
            let queue = try withReaders { readers in try readers.take(forSearch: true) }
            defer { readers.withLock { $0.giveBack(queue) } }
            return try await queue.unsafeRead { db in try db.transaction("BEGIN DEFERRED", body) }
        } catch let error as RunServiceError {
            throw error
        } catch {
            throw place.error(error)
        }
    }
}
