import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One snapshot.
    package func metricTables(of id: RunID) async throws(RunServiceError) -> [MetricTable] {
        try await connections.readSnapshot { db in
            let key = try db.key(of: id, deleted: .counts)
            var found: [(table: MetricTable, columns: String)] = []
            let sql = "SELECT name, columns, properties, count FROM metric_tables WHERE run_pk = ? ORDER BY name"
            try db.forEachRow(sql, [.integer(key)]) { row in
                let table = MetricTable(
                    name: row.text(0), columns: [], properties: row.optionalText(2), count: row.count(3))
                found.append((table, row.text(1)))
                return true
            }
            for index in found.indices {
                found[index].table.columns = try db.columns(inJSON: found[index].columns)
            }
            return found.map(\.table)
        }
    }

    /// One snapshot.
    package func metricRows(
        of table: String, in id: RunID, limit: Int, page: PageToken?
    ) async throws(RunServiceError) -> Page<MetricRow> {
        let order = StableHash("rows").value
        let token = try page.map { page throws(RunServiceError) in try SearchToken(page, order: order, count: 1) }
        let limit = max(0, min(limit, Int(Int32.max)))
        return try await connections.readSnapshot { db in
            let key = try db.key(of: id, deleted: .counts)
            var rows: [(seq: Int64, row: MetricRow)] = []
            let sql = """
                SELECT seq, metric_rows.id, created_at, step, data FROM metric_tables JOIN metric_rows ON table_pk = pk
                WHERE run_pk = ? AND name = ? AND seq > ? ORDER BY seq LIMIT ?
                """
            let after = token?.values.first?.sql ?? .integer(-1)
            try db.forEachRow(sql, [.integer(key), .text(table), after, .integer(Int64(limit) + 1)]) { row in
                let read = MetricRow(
                    id: row.text(1), createdAt: Timestamp(milliseconds: row.integer(2)),
                    step: row.optionalInteger(3), data: row.text(4))
                rows.append((row.integer(0), read))
                return true
            }
            if rows.count <= limit { return Page(rows.map(\.row)) }
            rows.removeLast()
            let next = rows.last.map { SearchToken(order: order, values: [.number($0.seq)]).token }
            return Page(rows.map(\.row), next: next)
        }
    }
}
