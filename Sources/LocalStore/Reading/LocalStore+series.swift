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
        // Samples this small are for sparklines, which have no room for what was left out.
        let isWhole = maxPoints >= 64 && found.count > maxPoints && found.count <= Self.mostScanned
        var points =
            isWhole
            ? try scannedPoints(sequences, run: found.run, ordinal: found.ordinal)
            : try sampledPoints(sequences, run: found.run, ordinal: found.ordinal)
        // Points are kept in the order in which they were logged, mostly but not always that of step and time.
        points.sort {
            ($0.point.step, $0.point.timestamp, $0.sequence) < ($1.point.step, $1.point.timestamp, $1.sequence)
        }
        return MetricSeries(
            key: key, points: points.map(\.point), total: Int(found.count), spans: isWhole ? points.map(\.span) : nil)
    }

    private typealias SampledPoint = (sequence: Int64, point: MetricPoint, span: ValueSpan?)

    /// Points that are all read for what a sample leaves out, which takes about 10 ms.
    private static var mostScanned: Int64 { 20_000 }

    private func sampledPoints(_ sequences: [Int64], run: Int64, ordinal: Int64) throws -> [SampledPoint] {
        var points: [SampledPoint] = []
        try forEachRow(
            """
            SELECT seq, step, timestamp, metric_points.value FROM json_each(?) AS wanted
            CROSS JOIN metric_points ON run_pk = ? AND ordinal = ? AND seq = wanted.value
            """, [sequences.json, .integer(run), .integer(ordinal)]
        ) { row in
            points.append((row.integer(0), Self.point(row), nil))
            return true
        }
        return points
    }

    /// The same with the values from each point up to the next.
    private func scannedPoints(_ sequences: [Int64], run: Int64, ordinal: Int64) throws -> [SampledPoint] {
        var points: [SampledPoint] = []
        try forEachRow(
            """
            SELECT seq, step, timestamp, value FROM metric_points WHERE run_pk = ? AND ordinal = ? ORDER BY seq
            """, [.integer(run), .integer(ordinal)]
        ) { row in
            let sequence = row.integer(0)
            if points.count < sequences.count, sequence >= sequences[points.count] {
                let point = Self.point(row)
                points.append((sequence, point, ValueSpan(point.value)))
            } else if !points.isEmpty {
                let span = ValueSpan(StoredMetricValue.decode(row, 3))
                points[points.count - 1].span = ValueSpan.joined(points[points.count - 1].span, span)
            }
            return true
        }
        return points
    }

    private static func point(_ row: SQLRow) -> MetricPoint {
        MetricPoint(
            step: row.integer(1), timestamp: Timestamp(milliseconds: row.integer(2)),
            value: StoredMetricValue.decode(row, 3))
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
