import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore: ReapableRunService {
    /// One indexed read.
    package func supervisedRuns() async throws(RunServiceError) -> [SupervisedRun] {
        try await connections.read { db in try db.attachedSupervisions() }
    }

    /// Judged outside of the store's write lock; a run that was heard of or changed meanwhile is judged again later.
    package func settle(_ run: SupervisedRun, as verdict: ReapVerdict) async throws(RunServiceError) {
        if verdict == .leaveAlone || verdict == .endCommand { return }
        try requireWriting()
        let now = clock()
        try await connections.write { db in
            let key = try db.key(of: run.id, deleted: .counts)
            guard let found = try db.supervision(of: key), found.isAttached, found.run == run else { return }
            try db.execute(verdict, on: found, key, at: now)
        }
    }
}

extension Database {
    fileprivate func execute(
        _ verdict: ReapVerdict, on supervised: Supervision, _ key: Int64, at now: Timestamp
    ) throws {
        switch verdict {
        case .leaveAlone, .endCommand: return
        case .letGo: try detachSupervisor(of: key)
        case .notResponding(let reason):
            // An orphan that was silent before keeps the status from before its silence.
            if supervised.run.status != .notResponding {
                try run(
                    "UPDATE supervisors SET silenced_status = ? WHERE run_pk = ?",
                    [.text(supervised.run.status.word), .integer(key)])
            }
            try setStatus(.notResponding, of: key, failure: reason)
        case .lost(let reason, let endedAt):
            try detachSupervisor(of: key)
            try setStatus(.failed, of: key, endedAt: endedAt, failure: reason)
        case .canceled(let reason):
            try detachSupervisor(of: key)
            try setStatus(.canceled, of: key, endedAt: now, failure: reason)
        }
    }

    /// The supervisor has no say in the run any more.
    func detachSupervisor(of key: Int64) throws {
        try run("UPDATE supervisors SET attached = 0, silenced_status = NULL WHERE run_pk = ?", [.integer(key)])
    }
}
