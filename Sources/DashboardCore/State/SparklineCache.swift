import RunModel
import RunServices

/// Metric samples for the rows on screen; bounded, for a dashboard is left running for days.
package struct SparklineCache: Sendable {
    struct Entry: Sendable {
        let values: [Double]
        /// The run's newest point when these were asked for.
        let latest: MetricPoint
    }

    private var entries: [MetricSeriesKey: Entry] = [:]
    /// What is being loaded, with the newest points known then.
    var requested: [MetricSeriesKey: MetricPoint] = [:]
    /// What is on screen, which must stay: what was dropped would be asked for again at once.
    var shown: Set<MetricSeriesKey> = []
    var isLoading = false
    /// Loading failed; not tried again before a poll succeeds.
    var isBlocked = false
    /// What the service refuses to sample, which is not asked for again before a person asks.
    private(set) var refused: Set<MetricSeriesKey> = []

    /// A few screens of rows times the columns; about 250 bytes each.
    static let capacity = 2_000

    /// More columns with sparklines than these don't fit on any screen.
    static let columns = 12

    /// Twice the glyphs of a sparkline, so that each shows the average of two.
    static let points = 16

    /// Empty.
    package init() {}

    func values(for key: MetricSeriesKey) -> [Double]? { entries[key]?.values }

    func isCurrent(_ key: MetricSeriesKey, latest: MetricPoint) -> Bool { entries[key]?.latest == latest }

    /// Notes keys that are refused; bounded, for a dashboard is left running for days.
    mutating func refuse(_ keys: some Collection<MetricSeriesKey>) {
        if refused.count + keys.count > Self.capacity { refused = refused.intersection(shown) }
        refused.formUnion(keys)
    }

    /// Lets everything be asked for again, at a person's wish.
    mutating func unblock() {
        isBlocked = false
        refused = []
    }

    /// Files the answer to `requested`; a key without points is remembered as such, or it would be asked for again.
    mutating func store(_ series: [MetricSeries]) {
        if entries.count + requested.count > Self.capacity { entries = entries.filter { shown.contains($0.key) } }
        for (key, latest) in requested { entries[key] = Entry(values: [], latest: latest) }
        for one in series {
            guard let latest = requested[one.key] else { continue }
            entries[one.key] = Entry(values: one.points.compactMap(\.value.number), latest: latest)
        }
        requested = [:]
    }
}
