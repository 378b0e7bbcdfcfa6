import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// Runs whose supervisor has been silent for too long, for stores that cannot write it down themselves.
enum SilentRuns {
    /// Keys in ascending order; few at any time, since only supervised runs that are not over count.
    static func keys(at now: Timestamp, _ db: Database) throws -> [Int64] {
        var keys: [Int64] = []
        let limit = now.milliseconds - Heartbeat.silenceLimit
        let sql = """
            SELECT run_pk, status FROM supervisors JOIN runs ON pk = run_pk
            WHERE attached = 1 AND heartbeat < ? ORDER BY run_pk
            """
        try db.forEachRow(sql, [.integer(limit)]) { row in
            let status = StoredStatus.decode(row.bytes(1))
            if !status.isTerminal && status != .notResponding { keys.append(row.integer(0)) }
            return true
        }
        return keys
    }

    static func overlay(_ silent: Set<RunID>, on runs: inout [Run]) {
        for index in runs.indices where silent.contains(runs[index].id) {
            runs[index].status = .notResponding
            runs[index].failure = SweepMessage.silent(host: nil)
        }
    }
}
