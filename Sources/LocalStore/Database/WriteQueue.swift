import GRDB
import Synchronization

/// Changes in their order, as many as come together in one transaction: what a disk needs for one commit is the most
/// that a small change costs.
///
/// Each is a savepoint of its own, so that one that is refused takes nothing of the others back.
final class WriteQueue: Sendable {
    private struct State {
        var waiting: ArraySlice<any QueuedWrite> = []
        var isDraining = false
    }

    private let state = Mutex(State())

    /// Changes in one transaction at most.
    private static let groupLimit = 512
    /// How long a transaction goes on to take up changes: other processes wait for its end.
    private static let patience = Duration.milliseconds(20)

    /// Changes that no transaction has taken up yet.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Makes the change once those before it are made.
    func submit(_ write: any QueuedWrite, on queue: DatabaseQueue) {
        let mustDrain = state.withLock { state in
            state.waiting.append(write)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustDrain { queue.asyncWriteWithoutTransaction { [self] db in drain(db) } }
    }

    private func drain(_ db: Database) {
        while let first = next(mayEnd: true) { commit(startingWith: first, db) }
    }

    /// The next change that somebody waits for; nil when there is none.
    private func next(mayEnd: Bool) -> (any QueuedWrite)? {
        while true {
            let write = state.withLock { state -> (any QueuedWrite)? in
                if let write = state.waiting.popFirst() { return write }
                state.waiting = []
                if mayEnd { state.isDraining = false }
                return nil
            }
            guard let write else { return nil }
            if write.begin() { return write }
        }
    }

    private func commit(startingWith first: any QueuedWrite, _ db: Database) {
        var group: [any QueuedWrite] = [first]
        do {
            try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
            let end = ContinuousClock.now + Self.patience
            var current: (any QueuedWrite)? = first
            while let write = current {
                try perform(write, db)
                current = nil
                if group.count < Self.groupLimit, ContinuousClock.now < end, let another = next(mayEnd: false) {
                    group.append(another)
                    current = another
                }
            }
            try db.cachedStatement(sql: "COMMIT").execute()
        } catch {
            // Some failures have rolled back already (a full disk, for one).
            if db.isInsideTransaction { try? db.rollback() }
            for write in group { write.fail(error) }
        }
        for write in group { write.answer() }
    }

    /// Throws only when the whole transaction is lost.
    private func perform(_ write: any QueuedWrite, _ db: Database) throws {
        try db.cachedStatement(sql: "SAVEPOINT one").execute()
        do {
            try write.perform(db)
        } catch {
            guard db.isInsideTransaction else { throw error }
            try db.cachedStatement(sql: "ROLLBACK TO one").execute()
            write.fail(error)
        }
        try db.cachedStatement(sql: "RELEASE one").execute()
    }
}
