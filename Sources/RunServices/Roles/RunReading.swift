package import RunModel

/// Reads runs and experiments.
package protocol RunReading: DescribedService {
    /// All experiments with their counts, by name.
    func experiments() async throws(RunServiceError) -> [Experiment]

    /// One page of the runs that a query asks for (contract clause 11).
    ///
    /// Throws `notFound` for an experiment or parent that does not exist, and `invalid` for a page token that this service
    /// did not give out or whose place is gone.
    func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run>

    /// The runs with these ids as far as they exist and, on wish, their descendants that are not over, each once, in one
    /// question where the backend has one: first those asked for, in their order, then descendants, parents first.
    func inspect(_ ids: [RunID], activeDescendants: Bool) async throws(RunServiceError) -> [InspectedRun]

    /// A run with what only its own page shows. Throws `notFound`.
    func details(of id: RunID) async throws(RunServiceError) -> RunDetails

    /// Samples of at most `maxPoints` points (2 or more) each; a key without points is left out.
    func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries]

    /// Every point of metrics, for scripts and exports; a key without points is left out.
    func wholeSeries(for keys: [MetricSeriesKey]) async throws(RunServiceError) -> [MetricSeries]
}

extension RunReading {
    /// Samples so large that nothing is left out, where a service gives any number of points.
    package func wholeSeries(for keys: [MetricSeriesKey]) async throws(RunServiceError) -> [MetricSeries] {
        var found: [MetricSeries] = []
        // A few at a time, so that no answer is huge.
        for start in stride(from: 0, to: keys.count, by: 50) {
            let part = Array(keys[start..<min(start + 50, keys.count)])
            found += try await metricSeries(for: part, maxPoints: 1 << 40)
        }
        return found
    }

    /// Up to `limit` runs of `scope` that match, newest start first.
    package func runs(
        in scope: RunScope, matching filter: Filter?, limit: Int
    ) async throws(RunServiceError) -> [Run] {
        try await runs(RunQuery(.scope(scope), matching: filter, limit: limit)).items
    }

    /// The children of a run, or all its descendants, parents before children, that match.
    package func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run] {
        try await runs(RunQuery(.children(of: id, recursive: recursive), matching: filter)).items
    }
}
