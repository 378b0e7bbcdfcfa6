import RunModel
import RunServices
import SQLiteStatements
import Synchronization

/// Samples of the long series of one database file, for all calls.
final class DatabaseSeries: Sendable {
    /// A run's last row in the table of points, and what it held: rows are never changed, but their ids may come again.
    struct Mark: Equatable {
        var row: Int64
        var content: String
    }

    fileprivate let memory = Mutex(SeriesMemory<Mark>())
}

/// Sampling the points of metrics.
extension DatabaseSession {
    /// Reads the rows that the run got since the last time.
    func series(_ key: MetricSeriesKey, maxPoints: Int) throws -> MetricSeries? {
        try snapshot {
            guard let end = try lastRow(of: key.run) else { return nil }
            var sample = SeriesMemory<DatabaseSeries.Mark>.newSample(size: maxPoints)
            if let known = series.memory.withLock({ $0.known(of: key, size: maxPoints) }),
                try isThere(known.mark)
            {
                sample = known.sample
                // The plus keeps SQLite from another index than that of the run's rows.
                try take(
                    key, "AND rowid > ? AND +key = ?", [.integer(known.mark.row), .text(key.metric)], into: &sample)
            } else {
                try take(key, "AND key = ?", [.text(key.metric)], into: &sample)
            }
            series.memory.withLock { [sample] in $0.keep(key, end, sample) }
            if sample.total == 0 { return nil }
            let (points, spans) = sample.sample(maxPoints)
            return MetricSeries(key: key, points: points, total: sample.total, spans: spans)
        }
    }

    private func take(
        _ key: MetricSeriesKey, _ condition: String, _ values: [SQLValue], into sample: inout SeriesSample
    ) throws {
        let sql = "SELECT step, timestamp, value, is_nan FROM metrics WHERE run_uuid = ? \(condition)"
        try db.forEachRow(sql, [.text(key.run.text)] + values) { row in
            sample.append(StoredPoint.decode(row, step: 0, timestamp: 1, value: 2, isNaN: 3))
            return true
        }
    }

    private static let content = "run_uuid || ' ' || timestamp || ' ' || step || ' ' || key"

    /// Nil for a run without points.
    private func lastRow(of run: RunID) throws -> DatabaseSeries.Mark? {
        let sql = "SELECT rowid, \(Self.content) FROM metrics WHERE run_uuid = ? ORDER BY rowid DESC LIMIT 1"
        return try db.first(sql, [.text(run.text)]) { .init(row: $0.integer(0), content: $0.text(1)) }
    }

    private func isThere(_ mark: DatabaseSeries.Mark) throws -> Bool {
        let sql = "SELECT \(Self.content) FROM metrics WHERE rowid = ?"
        return try db.first(sql, [.integer(mark.row)]) { $0.text(0) } == mark.content
    }
}
