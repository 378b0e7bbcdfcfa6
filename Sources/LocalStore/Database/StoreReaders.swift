import FileAccess
import GRDB

/// The reading connections to a store: one for polls, and a few that are opened as questions come together.
struct StoreReaders: Sendable {
    let poller: DatabaseQueue
    /// Set when SQLite was promised that the file stays as it was then.
    var promised: FileStamp?
    private var others: [(queue: DatabaseQueue, users: Int)] = []
    private let open: @Sendable () throws -> DatabaseQueue

    /// A run's page, its charts and two long questions at a time; each connection costs some 100 kB.
    static let limit = 4

    init(poller: DatabaseQueue, open: @escaping @Sendable () throws -> DatabaseQueue) {
        self.poller = poller
        self.open = open
    }

    /// How many connections are open besides the polling one.
    var count: Int { others.count }

    /// A connection without another user if there is one or room for one, else the one with the fewest users.
    ///
    /// Throws when a new one cannot be opened and there is none to share.
    mutating func take() throws -> DatabaseQueue {
        if let free = others.firstIndex(where: { $0.users == 0 }) {
            others[free].users = 1
            return others[free].queue
        }
        if others.count < Self.limit {
            do {
                let queue = try open()
                others.append((queue, 1))
                return queue
            } catch  where !others.isEmpty {
                // No file descriptor left, say: those that are open go on.
            }
        }
        guard let least = others.indices.min(by: { others[$0].users < others[$1].users }) else { return poller }
        others[least].users += 1
        return others[least].queue
    }

    /// Ends a use that `take` began; a connection that was replaced meanwhile is not known any more.
    mutating func giveBack(_ queue: DatabaseQueue) {
        guard let index = others.firstIndex(where: { $0.queue === queue }) else { return }
        others[index].users -= 1
    }
}
