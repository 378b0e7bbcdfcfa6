package import RunModel
import RunServices
import TerminalUI

/// The same metric of several runs on common axes: which runs, which metric, and the samples behind the curves.
package struct OverlaidCharts: Sendable {
    /// Where the runs come from.
    enum Source: Equatable, Sendable {
        case marked
        case children(of: RunID)
    }

    /// A sample with what the run's newest point was when it was asked for.
    struct Sample: Sendable {
        let series: MetricSeries
        let latest: MetricPoint
        let points: Int
    }

    /// Where the runs come from.
    var source = Source.marked
    /// Each keeps its place, and with it its mark and colour.
    package internal(set) var runs: [RunID] = []
    /// The metric on screen; nil until one is known.
    package internal(set) var metric: String?
    /// How the charts are looked at.
    package internal(set) var view = ChartView()
    /// Those of a few metrics, so that going back and forth asks for nothing.
    private(set) var samples: [MetricSeriesKey: Sample] = [:]
    /// What is being read, with the newest points known then.
    private(set) var requested: [MetricSeriesKey: MetricPoint] = [:]
    private var requestedPoints = 0
    /// Why a metric of a run has no curve: the service refuses it.
    private(set) var refused: [MetricSeriesKey: RunServiceError] = [:]
    /// Why the last question failed as a whole; not asked again before a poll succeeds.
    private(set) var error: RunServiceError?

    var isLoading: Bool { !requested.isEmpty }

    /// More curves than these cannot be told apart.
    package static let limit = 8
    /// Of 8 runs and as many metrics, some 20 kB each.
    private static let mostSamples = 64

    /// Without runs.
    package init() {}

    /// Notes what is asked for.
    mutating func request(_ keys: [MetricSeriesKey: MetricPoint], points: Int) {
        requested = keys
        requestedPoints = points
    }

    /// Whether a sample is here that has the run's newest point, and is as fine as that.
    func isCurrent(_ key: MetricSeriesKey, _ latest: MetricPoint, points: Int) -> Bool {
        if refused[key] != nil { return true }
        guard let sample = samples[key] else { return false }
        return sample.latest == latest && sample.points >= points
    }

    /// Takes the answer to a question, if it is the last one that was asked; a key without points has an empty sample, or
    /// it would be asked for again.
    mutating func take(_ keys: [MetricSeriesKey], _ result: Result<SeriesAnswer, RunServiceError>) {
        guard Set(keys) == Set(requested.keys) else { return }
        defer { requested = [:] }
        switch result {
        case .failure(let error): self.error = error
        case .success(let answer):
            error = nil
            refused.merge(answer.refused) { _, new in new }
            if samples.count + requested.count > Self.mostSamples {
                samples = samples.filter { key, _ in metric.map { key.metric.isExactly($0) } ?? false }
            }
            for (key, latest) in requested where answer.refused[key] == nil {
                let series = answer.series.first { $0.key == key } ?? MetricSeries(key: key, points: [], total: 0)
                samples[key] = Sample(series: series, latest: latest, points: requestedPoints)
            }
        }
    }

    /// Lets what failed be asked for again where waiting can help, and all of it at a person's wish.
    mutating func unblock(atWish isWanted: Bool = false) {
        if isWanted { refused = [:] }
        if isWanted || error?.mayPass ?? false { error = nil }
    }
}
