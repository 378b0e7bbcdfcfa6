import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One transaction. Throws `notFound`, and `conflict` when no run was changed and this one is over already.
    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let key = try db.key(of: id, deleted: .isRefused)
            let below = includingDescendants ? try db.descendants(of: key).reversed() : []
            var changed: [Int64] = []
            for candidate in below + [key] where try !db.status(of: candidate).isTerminal {
                if try db.cancel(candidate, at: now) { changed.append(candidate) }
            }
            let status = try db.status(of: key)
            if changed.isEmpty && status.isTerminal {
                throw RunServiceError(.conflict, "The run is \(status.word), so it cannot be canceled.")
            }
            return try RunPage.read(.keys(changed), from: db).runs
        }
    }
}

extension Database {
    /// False when the order is given already.
    ///
    /// An order for a command whose supervisor is gone waits for the reaper of its host, which ends it if it is proven
    /// to be this run's.
    fileprivate func cancel(_ key: Int64, at now: Timestamp) throws -> Bool {
        if let supervision = try supervision(of: key), supervision.isAttached,
            supervision.isLive(at: now) || supervision.mayHaveOrphan
        {
            if supervision.run.status == .cancelRequested { return false }
            try setStatus(.cancelRequested, of: key)
            return true
        }
        try detachSupervisor(of: key)
        try setStatus(.canceled, of: key, endedAt: now)
        return true
    }
}
