import RunModel
import RunServices

/// Samples of long series and how far these were read, so that only what was appended is read again.
///
/// `Mark` is a place in the store.
struct SeriesMemory<Mark: Sendable>: Sendable {
    private struct Entry {
        var mark: Mark
        var sample: SeriesSample
        var lastUse: Int
    }

    private var entries: [MetricSeriesKey: Entry] = [:]
    private var uses = 0

    /// The charts of a run with many metrics; some 50 kB each.
    private static var limit: Int { 48 }
    /// Shorter series are read as a whole each time, which takes a few milliseconds.
    private static var shortest: Int { 5_000 }
    /// Points that any sample has room for, so that sparkline and chart of a series share one.
    private static var smallest: Int { 256 }

    /// What is known of a series; nil where nothing is, or too little for a sample of that size.
    mutating func known(of key: MetricSeriesKey, size: Int) -> (mark: Mark, sample: SeriesSample)? {
        guard let entry = entries[key], entry.sample.size >= size else { return nil }
        uses += 1
        entries[key]?.lastUse = uses
        return (entry.mark, entry.sample)
    }

    /// An empty sample of a series that is read from its beginning.
    static func newSample(size: Int) -> SeriesSample { SeriesSample(size: max(size, smallest)) }

    /// Remembers how far a series was read, if it is a long one.
    mutating func keep(_ key: MetricSeriesKey, _ mark: Mark, _ sample: SeriesSample) {
        guard sample.total >= Self.shortest else {
            entries[key] = nil
            return
        }
        uses += 1
        entries[key] = Entry(mark: mark, sample: sample, lastUse: uses)
        if entries.count > Self.limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
        }
    }
}
