import GRDB
import RunModel
import SQLiteStatements

/// Points of one metric of one run, evenly over their order by step, time and value, as MLflow's server samples them.
struct MetricSample {
    let run: Int64
    let ordinal: Int64
    /// Nil for all.
    let steps: ClosedRange<Int64>?
    /// Points at most; 1 is the last one.
    let size: Int

    /// The sampled points, and how many there are in the range. Walks over the points twice rather than keep them all.
    func read(_ db: Database) throws -> (points: [MetricPoint], total: Int) {
        var range = ""
        var values: [SQLValue] = [.integer(run), .integer(ordinal)]
        if let steps {
            range = " AND step BETWEEN ? AND ?"
            values += [.integer(steps.lowerBound), .integer(steps.upperBound)]
        }
        let (total, isInOrder) = try survey(range, values, db)
        if total == 0 { return ([], 0) }
        // Most series come in the order in which they are wanted, and need no sorting.
        let order = isInOrder ? "seq" : "step, timestamp, value, seq"
        let sql = """
            SELECT step, timestamp, value FROM metric_points
            WHERE run_pk = ? AND ordinal = ?\(range) ORDER BY \(order)
            """
        var points: [MetricPoint] = []
        var index = 0
        var bucket = 0
        try db.forEachRow(sql, values) { row in
            let isLast = index == total - 1
            if index == start(of: bucket, total) || isLast {
                // The last one takes the place of another when there is no room for both.
                if isLast && points.count == size { points.removeLast() }
                points.append(
                    MetricPoint(
                        step: row.integer(0), timestamp: Timestamp(milliseconds: row.integer(1)),
                        value: StoredMetricValue.decode(row, 2)))
                bucket += 1
            }
            index += 1
            return true
        }
        return (points, total)
    }

    /// The index at which a bucket begins: as SQL's NTILE has it, all are equally large but for one more in the first ones.
    private func start(of bucket: Int, _ total: Int) -> Int {
        if total <= size { return bucket }
        return bucket >= size ? total : bucket * (total / size) + min(bucket, total % size)
    }

    private func survey(_ range: String, _ values: [SQLValue], _ db: Database) throws -> (total: Int, isInOrder: Bool) {
        var (total, isInOrder) = (0, true)
        var last: (step: Int64, timestamp: Int64) = (.min, .min)
        let sql = "SELECT step, timestamp FROM metric_points WHERE run_pk = ? AND ordinal = ?\(range) ORDER BY seq"
        try db.forEachRow(sql, values) { row in
            let place = (step: row.integer(0), timestamp: row.integer(1))
            // Equal places are ordered by value, which only sorting tells.
            if place <= last && total > 0 { isInOrder = false }
            last = place
            total += 1
            return true
        }
        return (total, isInOrder)
    }
}
