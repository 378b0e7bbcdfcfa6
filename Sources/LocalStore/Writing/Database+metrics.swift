import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Appends points to metrics of a run; returns whether the run shows another latest point now.
    ///
    /// A point that a foreign client sends again is one point, and of its points of the same step and time the greatest is
    /// the newest (contract clause H5); of others every point counts, and the one logged later is the newer.
    func append(
        _ entries: [MetricEntry], to key: Int64, onBehalfOf origin: TransitionOrigin, at now: Timestamp
    ) throws -> Bool {
        var series: [ExactText: MetricAppender] = [:]
        for entry in entries {
            var appender: MetricAppender
            let metric = ExactText(entry.key)
            if let known = series[metric] {
                appender = known
            } else {
                try Validation.check(entry.key, "metric key")
                appender = try MetricAppender(run: key, metric: entry.key, isClient: origin == .client, self)
            }
            try appender.append(entry, at: now, self)
            series[metric] = appender
        }
        var changesRun = false
        for appender in series.values where try appender.save(self) { changesRun = true }
        return changesRun
    }
}

/// Appends to one metric of one run, and knows its first and its latest point in the order of step, then time.
struct MetricAppender {
    private let run: Int64
    private let metric: String
    private let ordinal: Int64
    private let isClient: Bool
    private var count: Int64 = 0
    private var first: Place?
    private var latest: Place?
    private var latestValue = MetricValue.number(0)
    private var latestIsNew = false

    private struct Place {
        var sequence: Int64
        var step: Int64
        var timestamp: Int64

        func isBefore(_ other: Place) -> Bool { (step, timestamp) < (other.step, other.timestamp) }
    }

    init(run: Int64, metric: String, isClient: Bool, _ db: Database) throws {
        self.run = run
        self.metric = metric
        self.isClient = isClient
        let sql = """
            SELECT latest.ordinal, latest.count, point.seq, point.step, point.timestamp,
                latest.last_seq, latest.step, latest.timestamp, latest.value
            FROM latest_metrics AS latest JOIN metric_points AS point
                ON point.run_pk = latest.run_pk AND point.ordinal = latest.ordinal AND point.seq = latest.first_seq
            WHERE latest.run_pk = ? AND latest.key = ?
            """
        let found = try db.first(sql, [.integer(run), .text(metric)]) { row in
            (
                ordinal: row.integer(0), count: Int64(row.count(1)),
                first: Place(sequence: row.integer(2), step: row.integer(3), timestamp: row.integer(4)),
                latest: Place(sequence: row.integer(5), step: row.integer(6), timestamp: row.integer(7)),
                value: StoredMetricValue.decode(row, 8)
            )
        }
        if let found {
            (ordinal, count) = (found.ordinal, found.count)
            (first, latest, latestValue) = (found.first, found.latest, found.value)
            return
        }
        let next = "SELECT COALESCE(MAX(ordinal) + 1, 0) FROM latest_metrics WHERE run_pk = ?"
        ordinal = try db.integer(next, [.integer(run)]) ?? 0
        // Takes the ordinal before another new metric of the same call asks for one.
        try db.run(
            "INSERT INTO latest_metrics VALUES (?, ?, ?, 0, 0, 0, 0, 0, NULL)",
            [.integer(run), .text(metric), .integer(ordinal)])
    }

    mutating func append(_ entry: MetricEntry, at now: Timestamp, _ db: Database) throws {
        let place = Place(
            sequence: count, step: entry.step ?? latest.map { $0.step == .max ? .max : $0.step + 1 } ?? 0,
            timestamp: (entry.timestamp ?? now).milliseconds)
        let isBeyond = latest.map { $0.isBefore(place) } ?? true
        if isClient, !isBeyond, try hasPoint(place, entry.value, db) { return }
        try db.run(
            "INSERT INTO metric_points VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(run), .integer(ordinal), .integer(place.sequence), .integer(place.step),
                .integer(place.timestamp), StoredMetricValue.encode(entry.value),
            ])
        count += 1
        if first.map(place.isBefore) ?? true { first = place }
        if isBeyond || latest.map({ !place.isBefore($0) && replaces(entry.value) }) ?? true {
            latest = place
            latestValue = entry.value
            latestIsNew = true
        }
    }

    /// Whether a value is the newer one of two of the same step and time.
    private func replaces(_ value: MetricValue) -> Bool {
        guard isClient, let new = value.number, let old = latestValue.number else { return true }
        return old.isNaN || new > old
    }

    private func hasPoint(_ place: Place, _ value: MetricValue, _ db: Database) throws -> Bool {
        let sql = """
            SELECT 1 FROM metric_points
            WHERE run_pk = ? AND ordinal = ? AND timestamp = ? AND step = ? AND value IS ? LIMIT 1
            """
        let values: [SQLValue] = [
            .integer(run), .integer(ordinal), .integer(place.timestamp), .integer(place.step),
            StoredMetricValue.encode(value),
        ]
        return try db.integer(sql, values) != nil
    }

    /// Whether the metric's latest point, which the run shows, is another one now.
    func save(_ db: Database) throws -> Bool {
        guard let first, let latest else { return false }
        try db.run(
            """
            UPDATE latest_metrics SET count = ?, first_seq = ?, last_seq = ?, step = ?, timestamp = ?, value = ?
            WHERE run_pk = ? AND key = ?
            """,
            [
                .integer(count), .integer(first.sequence), .integer(latest.sequence), .integer(latest.step),
                .integer(latest.timestamp), StoredMetricValue.encode(latestValue), .integer(run), .text(metric),
            ])
        return latestIsNew
    }
}
