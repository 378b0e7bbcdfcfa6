import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// Runs whose supervisor has been silent for too long, which no reaper has written down yet.
enum SilentRuns {
    /// Keys in ascending order; few at any time, since only supervised runs that are not over count.
    static func keys(at now: Timestamp, _ db: Database) throws -> [Int64] {
        var keys: [Int64] = []
        let sql = """
            SELECT run_pk, status, heartbeat FROM supervisors CROSS JOIN runs ON pk = run_pk
            WHERE attached = 1 AND deleted_at IS NULL ORDER BY run_pk
            """
        try db.forEachRow(sql) { row in
            let status = StoredStatus.decode(row.bytes(1))
            let heartbeat = Timestamp(milliseconds: row.integer(2))
            // A request to cancel stays one until a reaper decides what becomes of it.
            let isHeld = status.isTerminal || status == .notResponding || status == .cancelRequested
            if !isHeld && !Heartbeat.isFresh(heartbeat, at: now) { keys.append(row.integer(0)) }
            return true
        }
        return keys
    }

    /// Shows those runs as NotResponding.
    static func overlay(_ silent: Set<RunID>, on runs: inout [Run]) {
        for index in runs.indices where silent.contains(runs[index].id) {
            runs[index].status = .notResponding
            runs[index].failure = SupervisorLoss.silent(host: nil)
        }
    }
}
