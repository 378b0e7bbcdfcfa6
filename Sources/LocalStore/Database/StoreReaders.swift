import FileAccess
import GRDB

/// The reading connections to a store: one for polls, and a few that are opened as questions come together.
struct StoreReaders: Sendable {
    let poller: DatabaseQueue
    /// Set when SQLite was promised that the file stays as it was then.
    var promised: FileStamp?
    private var others: [(queue: DatabaseQueue, users: Int)] = []
    private var searchers: [(queue: DatabaseQueue, users: Int)] = []
    private let open: @Sendable () throws -> DatabaseQueue

    /// A run's page, its charts and two long questions at a time; each connection costs some 100 kB.
    static let limit = 4
    /// Searches at a time, which may take long and work rather than wait.
    static let searchLimit = 2

    init(poller: DatabaseQueue, open: @escaping @Sendable () throws -> DatabaseQueue) {
        self.poller = poller
        self.open = open
    }

    /// How many connections are open besides the polling one.
    var count: Int { others.count }

    /// A connection without another user if there is one or room for one, else the one with the fewest users.
    ///
    /// Throws when a new one cannot be opened and there is none to share.
    /// - Parameter forSearch: takes one of those that only searches use.
    mutating func take(forSearch: Bool = false) throws -> DatabaseQueue {
        let queue =
            forSearch
            ? try Self.take(from: &searchers, limit: Self.searchLimit, open)
            : try Self.take(from: &others, limit: Self.limit, open)
        return queue ?? poller
    }

    private static func take(
        from pool: inout [(queue: DatabaseQueue, users: Int)], limit: Int, _ open: () throws -> DatabaseQueue
    ) throws -> DatabaseQueue? {
        if let free = pool.firstIndex(where: { $0.users == 0 }) {
            pool[free].users = 1
            return pool[free].queue
        }
        if pool.count < limit {
            do {
                let queue = try open()
                pool.append((queue, 1))
                return queue
            } catch  where !pool.isEmpty {
                // No file descriptor left, say: those that are open go on.
            }
        }
        guard let least = pool.indices.min(by: { pool[$0].users < pool[$1].users }) else { return nil }
        pool[least].users += 1
        return pool[least].queue
    }

    /// Ends a use that `take` began; a connection that was replaced meanwhile is not known any more.
    mutating func giveBack(_ queue: DatabaseQueue) {
        if let index = others.firstIndex(where: { $0.queue === queue }) { others[index].users -= 1 }
        if let index = searchers.firstIndex(where: { $0.queue === queue }) { searchers[index].users -= 1 }
    }
}
