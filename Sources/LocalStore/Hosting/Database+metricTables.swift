import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Adds rows to a table of a run, each id once, and logs the points of those that are new; returns whether the run shows
    /// another latest point then (contract clause H8).
    func add(_ rows: MetricRows, to key: Int64, at now: Timestamp) throws -> Bool {
        try Validation.check(rows.table, "metric's name", limit: Validation.experimentLimit)
        let table = try metricTable(rows, of: key)
        var count = table.count
        var points: [MetricEntry] = []
        for row in rows.rows {
            try Validation.check(row.id, "metric id", limit: Validation.experimentLimit)
            try run(
                "INSERT OR IGNORE INTO metric_rows (table_pk, seq, id, created_at, step, data) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .integer(table.key), .integer(count), .text(row.id), .integer(row.createdAt.milliseconds),
                    SQLValue(row.step), .text(row.data),
                ])
            if changesCount == 0 { continue }
            count += 1
            points += row.points
        }
        if count != table.count {
            try run("UPDATE metric_tables SET count = ? WHERE pk = ?", [.integer(count), .integer(table.key)])
        }
        // A row is new, so its points are, whatever they equal.
        return try append(points, to: key, onBehalfOf: .lifecycle, at: now)
    }

    /// The table with all columns of the rows.
    private func metricTable(_ rows: MetricRows, of key: Int64) throws -> (key: Int64, count: Int64) {
        let found = try first(
            "SELECT pk, count, columns FROM metric_tables WHERE run_pk = ? AND name = ?",
            [.integer(key), .text(rows.table)]
        ) { (key: $0.integer(0), count: Int64($0.count(1)), columns: $0.text(2)) }
        guard let found else {
            try run(
                "INSERT INTO metric_tables (run_pk, name, columns, properties, count) VALUES (?, ?, ?, ?, 0)",
                [.integer(key), .text(rows.table), .text(rows.columns.json), SQLValue(rows.properties)])
            return (lastInsertedRowID, 0)
        }
        var columns = try self.columns(inJSON: found.columns)
        let known = Set(columns.map { ExactText($0.name) })
        columns += rows.columns.filter { !known.contains(ExactText($0.name)) }
        if columns.count > known.count || rows.properties != nil {
            try run(
                "UPDATE metric_tables SET columns = ?, properties = COALESCE(?, properties) WHERE pk = ?",
                [.text(columns.json), SQLValue(rows.properties), .integer(found.key)])
        }
        return (found.key, found.count)
    }

    /// Columns as they are stored: names and types by turns.
    func columns(inJSON json: String) throws -> [MetricColumn] {
        let texts = try texts(inJSON: json)
        return stride(from: 0, to: texts.count - 1, by: 2).map { MetricColumn(name: texts[$0], type: texts[$0 + 1]) }
    }
}

extension [MetricColumn] {
    fileprivate var json: String { flatMap { [$0.name, $0.type] }.json }
}
