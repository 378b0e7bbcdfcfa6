import RunAttention
import RunModel
import RunServices

/// What a comparison shows of runs that only questions of its own tell: sources, and the best of each metric.
struct ComparisonReadings: Equatable, Sendable {
    /// The best value of a metric as far as its points were read.
    struct Best: Equatable, Sendable {
        /// Nil where no point is a finite number.
        var point: MetricPoint?
        /// Points were left out, so that there may be a better one.
        var isSampled = false
        /// The newest point when they were read; nil where the service has no answer.
        let latest: MetricPoint?
        /// Monotonic ms.
        let readAt: Int64
    }

    /// Sources by run; nil within for a run without one.
    private(set) var sources: [RunID: RunSource?] = [:]
    private(set) var best: [MetricSeriesKey: Best] = [:]
    /// The run whose source is being read.
    var loadingSource: RunID?
    /// What is being read of metrics, with the newest points known then.
    private(set) var requested: [MetricSeriesKey: MetricPoint] = [:]
    /// Reading failed; not tried again before a poll succeeds.
    var isBlocked = false

    /// As many as a server gives of a run at once.
    static let points = 2_500
    /// Metrics in one question: many are answered one by one, and the screen fills as they come.
    static let batch = 32
    /// Milliseconds that the best of a growing metric may be old; newer points count as they come.
    private static let age: Int64 = 10_000

    mutating func take(source: RunSource?, of run: RunID) { sources[run] = source }

    /// Whether the points of a metric are to be read, now for the first time or anew.
    func isWanted(_ key: MetricSeriesKey, latest: MetricPoint, at now: Int64) -> Bool {
        guard let known = best[key] else { return true }
        guard let before = known.latest, before != latest else { return false }
        return now - known.readAt >= Self.age
    }

    mutating func request(_ keys: [MetricSeriesKey: MetricPoint]) { requested = keys }

    /// Files the answer to the last request; a metric that nothing came of is remembered as such.
    mutating func take(_ series: [MetricSeries], refused: Set<MetricSeriesKey>, at now: Int64) {
        for (key, latest) in requested {
            best[key] = Best(latest: refused.contains(key) ? nil : latest, readAt: now)
        }
        for one in series {
            guard let latest = requested[one.key] else { continue }
            best[one.key] = Best(
                point: Self.best(of: one.points, key: one.key.metric), isSampled: one.total > one.points.count,
                latest: latest, readAt: now)
        }
        requested = [:]
    }

    /// What the service refuses will not be asked for again.
    mutating func refuse(at now: Int64) {
        for key in requested.keys { best[key] = Best(latest: nil, readAt: now) }
        requested = [:]
    }

    mutating func fail() {
        requested = [:]
        loadingSource = nil
        isBlocked = true
    }

    /// Lets everything be read again, at a person's wish.
    mutating func restart() {
        best = [:]
        sources = [:]
        isBlocked = false
    }

    /// The first of the best finite values; nil where there is none.
    static func best(of points: [MetricPoint], key: String) -> MetricPoint? {
        let isGreaterBetter = BestMetric.isScore(key)
        var best: (point: MetricPoint, value: Double)?
        for point in points {
            guard let value = point.value.number, value.isFinite else { continue }
            guard let before = best?.value else {
                best = (point, value)
                continue
            }
            if isGreaterBetter ? value > before : value < before { best = (point, value) }
        }
        return best?.point
    }
}
