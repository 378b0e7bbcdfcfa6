import RunModel
import RunServices

/// Reading what a comparison shows.
extension Dashboard {
    mutating func demandComparison() -> [Effect] {
        guard var state = comparison, !state.readings.isBlocked else { return [] }
        var effects: [Effect] = []
        if state.readings.loadingSource == nil,
            let run = state.runs.first(where: { state.readings.sources[$0] == nil })
        {
            state.readings.loadingSource = run
            effects.append(.loadDetails(run))
        }
        if state.readings.requested.isEmpty {
            let wanted = wantedMetrics(state)
            if !wanted.isEmpty {
                state.readings.request(wanted)
                let keys = wanted.keys.sorted { ($0.metric, $0.run) < ($1.metric, $1.run) }
                effects.append(.loadSeries(keys, maxPoints: ComparisonReadings.points, .comparison))
            }
        }
        if !effects.isEmpty { comparison = state }
        return effects
    }

    /// More metrics are read only while they are on screen: some programs log hundreds.
    private static let mostMetrics = 64

    /// Metrics on screen first.
    private func wantedMetrics(_ state: ComparisonState) -> [MetricSeriesKey: MetricPoint] {
        let runs = comparedRuns(state)
        let page = ComparisonView.page(self, state)
        var metrics: [ExactText] = []
        var seen = Set<ExactText>()
        func add(_ key: String) { if seen.insert(ExactText(key)).inserted { metrics.append(ExactText(key)) } }
        for row in page.visibleRows where row.field.family == .metric { add(row.field.key) }
        let all = Set(runs.flatMap { $0.metrics.own.map { ExactText($0.key) } }).sorted()
        for metric in all where metrics.count < Self.mostMetrics { add(metric.text) }
        var wanted: [MetricSeriesKey: MetricPoint] = [:]
        for metric in metrics {
            for run in runs {
                guard let latest = run.metrics.value(forKey: metric.text), latest.value.number != nil else { continue }
                let key = MetricSeriesKey(run: run.id, metric: metric.text)
                if state.readings.isWanted(key, latest: latest, at: now.monotonic) { wanted[key] = latest }
                if wanted.count == ComparisonReadings.batch { return wanted }
            }
        }
        return wanted
    }

    /// Any run's page that comes tells its source.
    mutating func compareSource(of id: RunID, _ result: Result<RunDetails, RunServiceError>) {
        guard comparison?.runs.contains(id) == true else { return }
        let isAwaited = comparison?.readings.loadingSource == id
        if isAwaited { comparison?.readings.loadingSource = nil }
        switch result {
        case .success(let details) where details.run.id == id:
            comparison?.readings.take(source: details.source, of: id)
        case .failure(let error) where error.mayPass: comparison?.readings.fail()
        case .success, .failure:
            if isAwaited { comparison?.readings.take(source: nil, of: id) }
        }
    }

    mutating func comparisonSeriesArrived(
        _ requested: [MetricSeriesKey], _ result: Result<SeriesAnswer, RunServiceError>
    ) {
        // An answer to a comparison that was closed meanwhile.
        guard let state = comparison, Set(requested) == Set(state.readings.requested.keys) else { return }
        switch result {
        case .success(let answer):
            comparison?.readings.take(
                answer.series, refused: Set(answer.refused.keys), at: now.monotonic)
        case .failure(let error) where error.mayPass: comparison?.readings.fail()
        case .failure: comparison?.readings.refuse(at: now.monotonic)
        }
    }
}
