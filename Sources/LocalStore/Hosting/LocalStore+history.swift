import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One snapshot. Follows the index by time, so that a page costs what it holds.
    package func metricHistory(
        of key: MetricSeriesKey, limit: Int, page: PageToken?
    ) async throws(RunServiceError) -> Page<MetricPoint> {
        let order = StableHash("history").value
        let token = try page.map { page throws(RunServiceError) in try SearchToken(page, order: order, count: 4) }
        return try await connections.readSnapshot { db in
            let run = try db.key(of: key.run, deleted: .counts)
            guard let ordinal = try db.ordinal(of: key.metric, in: run) else { return Page([]) }
            var (clause, values) = ("", [SQLValue.integer(run), .integer(ordinal)])
            if let token {
                clause = " AND timestamp >= ? AND (timestamp, step, \(Self.comparable), seq) > (?, ?, ?, ?)"
                values += [token.values[0].sql] + token.values.map(\.sql)
            }
            let limit = max(0, limit)
            let sql = """
                SELECT step, timestamp, value, \(Self.comparable), seq FROM metric_points INDEXED BY metric_points_by_time
                WHERE run_pk = ? AND ordinal = ?\(clause) ORDER BY timestamp, step, \(Self.comparable), seq LIMIT ?
                """
            values.append(.integer(limit == .max ? -1 : Int64(limit) + 1))
            var points: [MetricPoint] = []
            var last: [SearchValue] = []
            var hasMore = false
            try db.forEachRow(sql, values) { row in
                if points.count == limit {
                    hasMore = true
                    return false
                }
                points.append(
                    MetricPoint(
                        step: row.integer(0), timestamp: Timestamp(milliseconds: row.integer(1)),
                        value: StoredMetricValue.decode(row, 2)))
                if points.count == limit { last = Self.place(row) }
                return true
            }
            return Page(points, next: hasMore ? SearchToken(order: order, values: last).token : nil)
        }
    }

    /// NaN, which is NULL, comes before all numbers.
    private static let comparable = "COALESCE(value, -9e999)"

    private static func place(_ row: SQLRow) -> [SearchValue] {
        let value: SearchValue = if case .real(let number) = row.number(3) { .real(number) } else { .text(row.text(3)) }
        return [.number(row.integer(1)), .number(row.integer(0)), value, .number(row.integer(4))]
    }

    /// One snapshot, on a connection that only searches use: it walks over all points of each run.
    package func metricSamples(
        of metric: String, in runs: [RunID], steps: ClosedRange<Int64>?, maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        try await connections.search { db in
            try runs.compactMap { id in
                let run = try db.key(of: id, deleted: .counts)
                guard let ordinal = try db.ordinal(of: metric, in: run) else { return nil }
                let sample = MetricSample(run: run, ordinal: ordinal, steps: steps, size: max(1, maxPoints))
                let (points, total) = try sample.read(db)
                let key = MetricSeriesKey(run: id, metric: metric)
                return total == 0 ? nil : MetricSeries(key: key, points: points, total: total)
            }
        }
    }
}

extension Database {
    /// Nil for a metric without points.
    fileprivate func ordinal(of metric: String, in run: Int64) throws -> Int64? {
        try integer(
            "SELECT ordinal FROM latest_metrics WHERE run_pk = ? AND key = ?", [.integer(run), .text(metric)])
    }
}
