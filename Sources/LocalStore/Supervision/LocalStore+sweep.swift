import GRDB
import RunModel
package import RunServices
import SQLiteStatements
import Synchronization

extension LocalStore {
    /// Milliseconds between two looks after dead supervisors, by the store's clock.
    private static let sweepInterval: Int64 = 2_000

    /// Sweeps unless that was done a moment ago; does nothing in a store that this instance cannot write.
    ///
    /// A sweep that fails (a full disk, a store that stays locked) is tried again when it is due next: what can be read
    /// must still be shown, and a store that cannot be read says so itself right after.
    func sweepWhenDue() async {
        guard isWritable else { return }
        let now = clock()
        let isDue = polling.withLock { polling in
            // A clock that was set back must not keep the sweep from happening.
            if let last = polling.lastSweep, (0..<Self.sweepInterval).contains(now.milliseconds(since: last)) {
                return false
            }
            polling.lastSweep = now
            return true
        }
        if isDue { try? await sweep() }
    }

    /// Brings supervised runs in line with what their supervisors and this host's processes show.
    package func sweep() async throws(RunServiceError) {
        guard isWritable else { return }
        let now = clock()
        let isNeeded = try await connections.read { db in
            try db.attachedSupervisions().contains { SweepVerdict($0, at: now) != .leaveAlone }
        }
        guard isNeeded else { return }
        try await connections.write { db in
            for run in try db.attachedSupervisions() { try db.execute(SweepVerdict(run, at: now), on: run, at: now) }
        }
    }
}

extension Database {
    fileprivate func execute(_ verdict: SweepVerdict, on supervised: Supervision, at now: Timestamp) throws {
        switch verdict {
        case .leaveAlone: return
        case .forgetSupervisor: try detachSupervisor(of: supervised.key)
        case .notResponding(let reason):
            // An orphan that was silent before keeps the status from before its silence.
            if supervised.status != .notResponding {
                try run(
                    "UPDATE supervisors SET silenced_status = ? WHERE run_pk = ?",
                    [.text(supervised.status.word), .integer(supervised.key)])
            }
            try setStatus(.notResponding, of: supervised.key, failure: reason)
        case .lost(let reason, let endedAt):
            try detachSupervisor(of: supervised.key)
            try setStatus(.failed, of: supervised.key, endedAt: endedAt, failure: reason)
        case .canceled:
            try detachSupervisor(of: supervised.key)
            try setStatus(.canceled, of: supervised.key, endedAt: now)
        case .end(let signal):
            supervised.supervisor.command?.signalGroup(signal)
            try run(
                "UPDATE supervisors SET terminated_at = COALESCE(terminated_at, ?) WHERE run_pk = ?",
                [.integer(now.milliseconds), .integer(supervised.key)])
        }
    }

    func detachSupervisor(of key: Int64) throws {
        try run("UPDATE supervisors SET attached = 0, silenced_status = NULL WHERE run_pk = ?", [.integer(key)])
    }
}
