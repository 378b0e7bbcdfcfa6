import RunModel
import RunServices

/// The least and greatest values of metrics of the rows on screen, for columns that show them; bounded, for a dashboard
/// is left running for days.
package struct RangeCache: Sendable {
    struct Range: Equatable, Sendable {
        var least: Double
        var greatest: Double
        /// Whether all points were looked at; of very long series a sample is.
        var isWhole: Bool
    }

    private struct Entry: Sendable {
        var range: Range?
        /// The run's newest point when it was asked for.
        let latest: MetricPoint
        /// Monotonic ms.
        let askedAt: Int64
    }

    private var entries: [MetricSeriesKey: Entry] = [:]
    /// What is being loaded, with the newest points known then.
    private var requested: [MetricSeriesKey: MetricPoint] = [:]
    private var requestedAt: Int64 = 0
    var isLoading = false
    /// Loading failed; not tried again before a poll succeeds.
    var isBlocked = false

    /// Points of a series that are asked for; of longer ones a sample stands for all.
    static let points = 1_000
    /// Series of one question, so that an answer stays small.
    static let batch = 64
    private static let capacity = 4_000
    /// Milliseconds for which a run at work is not asked again; its newest values count at once.
    private static let age: Int64 = 10_000

    /// Empty.
    package init() {}

    func range(of key: MetricSeriesKey) -> Range? { entries[key]?.range }

    /// Whether the series must be read; what is newest counts in what is known already.
    mutating func needs(_ key: MetricSeriesKey, latest: MetricPoint, at now: Int64) -> Bool {
        guard var entry = entries[key] else { return true }
        if entry.latest == latest { return false }
        if let number = latest.value.number, number.isFinite, var range = entry.range {
            range.least = min(range.least, number)
            range.greatest = max(range.greatest, number)
            if range != entry.range {
                entry.range = range
                entries[key] = entry
            }
        }
        return now - entry.askedAt >= Self.age
    }

    mutating func ask(_ wanted: [MetricSeriesKey: MetricPoint], at now: Int64) {
        isLoading = true
        requested = wanted
        requestedAt = now
    }

    /// Files the answer; a key without points is remembered as such, or it would be asked for again.
    mutating func store(_ series: [MetricSeries], shown: Set<MetricSeriesKey>) {
        if entries.count + requested.count > Self.capacity { entries = entries.filter { shown.contains($0.key) } }
        for (key, latest) in requested { entries[key] = Entry(range: nil, latest: latest, askedAt: requestedAt) }
        for one in series {
            guard let latest = requested[one.key] else { continue }
            let spans = one.spans?.compactMap { $0 } ?? []
            let numbers =
                (one.points.compactMap(\.value.number) + spans.flatMap { [$0.low, $0.high] }).filter { !$0.isNaN }
            guard let least = numbers.min(), let greatest = numbers.max() else { continue }
            let range = Range(
                least: least, greatest: greatest, isWhole: one.spans != nil || one.points.count >= one.total)
            entries[one.key] = Entry(range: range, latest: latest, askedAt: requestedAt)
        }
        requested = [:]
    }
}
