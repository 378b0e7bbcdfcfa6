import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// All series come from one snapshot; the samples are evenly spread over the order in which points were logged.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        try await connections.readSnapshot { db in
            try keys.compactMap { try db.series($0, maxPoints: max(2, maxPoints)) }
        }
    }
}

extension Database {
    /// Nil for a metric without points. Costs about one look-up for each sampled point, however long the series is.
    fileprivate func series(_ key: MetricSeriesKey, maxPoints: Int) throws -> MetricSeries? {
        let sql = """
            SELECT run_pk, ordinal, count, first_seq, last_seq FROM runs JOIN latest_metrics ON run_pk = pk
            WHERE id = ? AND key = ? AND deleted_at IS NULL
            """
        let found = try first(sql, [.text(key.run.text), .text(key.metric)]) { row in
            (
                run: row.integer(0), ordinal: row.integer(1), count: Int64(row.count(2)), first: row.integer(3),
                last: row.integer(4)
            )
        }
        guard let found, found.count > 0 else { return nil }
        let sequences = Self.sample(count: found.count, first: found.first, last: found.last, size: Int64(maxPoints))
        var points: [(sequence: Int64, point: MetricPoint)] = []
        let values: [SQLValue] = [sequences.json, .integer(found.run), .integer(found.ordinal)]
        try forEachRow(
            """
            SELECT seq, step, timestamp, metric_points.value FROM json_each(?) AS wanted
            CROSS JOIN metric_points ON run_pk = ? AND ordinal = ? AND seq = wanted.value
            """, values
        ) { row in
            let point = MetricPoint(
                step: row.integer(1), timestamp: Timestamp(milliseconds: row.integer(2)),
                value: StoredMetricValue.decode(row, 3))
            points.append((row.integer(0), point))
            return true
        }
        // Points are kept in the order in which they were logged, mostly but not always that of step and time.
        points.sort {
            ($0.point.step, $0.point.timestamp, $0.sequence) < ($1.point.step, $1.point.timestamp, $1.sequence)
        }
        return MetricSeries(key: key, points: points.map(\.point), total: Int(found.count))
    }

    /// Sequence numbers spread evenly over the series, the first and the latest point always among them.
    static func sample(count: Int64, first: Int64, last: Int64, size: Int64) -> [Int64] {
        if count <= size { return Array(0..<count) }
        var chosen: Set<Int64> = [first, last]
        let inner = size - Int64(chosen.count)
        for index in 1...max(1, inner) where inner > 0 {
            // Full width, for the product of two large counts.
            let (high, low) = index.multipliedFullWidth(by: count)
            chosen.insert((inner + 1).dividingFullWidth((high, low)).quotient)
        }
        return chosen.sorted()
    }
}
