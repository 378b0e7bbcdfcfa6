import RunModel
import SQLiteStatements

extension DatabaseWatch {
    struct NewRows {
        var ids: Set<String> = []
        /// What says so the next time.
        var marks: [String: Mark] = [:]
        /// Tables in which the marked row is not there any more, so that ids of rows may have come again.
        var reused: Set<String> = []
    }

    /// The runs that got rows since `marks`.
    func newRows(_ session: DatabaseSession) throws -> NewRows {
        var new = NewRows()
        for (table, content) in Self.tables {
            let sql = "SELECT rowid, \(content) FROM \(table) ORDER BY rowid DESC LIMIT 1"
            let top = try session.db.first(sql) { Mark(row: $0.integer(0), content: $0.text(1)) }
            new.marks[table] = top ?? Mark(row: 0, content: "")
            guard let mark = marks[table], mark != new.marks[table] else { continue }
            var start = mark.row
            if mark.row > 0 {
                let marked = "SELECT \(content) FROM \(table) WHERE rowid = ?"
                let now = try session.db.first(marked, [.integer(mark.row)]) { $0.text(0) }
                if now != mark.content {
                    new.reused.insert(table)
                    if table == "tags" { start -= Self.tagsBelow }
                }
            }
            let below = "SELECT DISTINCT run_uuid FROM \(table) WHERE rowid > ?"
            try session.db.forEachRow(below, [.integer(start)]) {
                new.ids.insert($0.text(0))
                return true
            }
        }
        return new
    }

    /// Takes in runs that are there and not known, and takes out those that are known and not there.
    mutating func compareIDs(
        _ ledger: inout ChangeLedger, _ session: DatabaseSession, at now: Timestamp
    ) throws {
        var (all, unknown): (Set<String>, [String]) = ([], [])
        try session.db.forEachRow("SELECT run_uuid FROM runs") { row in
            let id = row.text(0)
            all.insert(id)
            if ledger.entries[id] == nil && !resting.contains(id) { unknown.append(id) }
            return true
        }
        resting.formIntersection(all)
        for id in ledger.entries.keys where !all.contains(id) { ledger.remove(id) }
        try observe(unknown, &ledger, session, at: now)
    }
}
