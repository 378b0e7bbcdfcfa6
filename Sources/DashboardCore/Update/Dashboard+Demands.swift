import RunModel
package import RunServices
import TerminalUI

extension Dashboard {
    /// Asks for what the screen shows and does not have, one request of a kind at a time.
    ///
    /// Called after every action: moving the cursor fast costs one request at a time, for where it is by then.
    mutating func demands() -> [Effect] {
        var effects = demandDetails()
        effects.append(contentsOf: demandSparklines())
        effects.append(contentsOf: demandCharts())
        effects.append(contentsOf: demandLog())
        return effects
    }

    /// The selected run's page, when it is the selected run's.
    package var currentDetails: RunDetails? {
        detail.details.flatMap { $0.run.id == list.selectedID ? $0 : nil }
    }

    private mutating func demandDetails() -> [Effect] {
        guard let id = list.selectedID, detail.loading == nil, layout.detail.height > 0 else { return [] }
        guard detail.details?.run.id != id || detail.isStale else { return [] }
        // After a failure the next successful poll marks the page stale, so a broken service is not asked in a loop.
        if detail.failedID == id && !detail.isStale { return [] }
        detail.loading = id
        detail.isStale = false
        return [.loadDetails(id)]
    }

    mutating func detailsArrived(_ id: RunID, _ result: Result<RunDetails, RunServiceError>) -> [Effect] {
        if detail.loading == id { detail.loading = nil }
        guard id == list.selectedID else { return [] }
        switch result {
        case .success(let details) where details.run.id != id:
            // Asking again would have the same answer, for ever.
            detail.error = RunServiceError(
                .unexpectedResponse, "The run service answered with another run; r asks again.")
            detail.failedID = id
        case .success(let details):
            detail.details = details
            detail.error = nil
            detail.failedID = nil
        case .failure(let error):
            detail.error = error
            detail.failedID = id
        }
        return []
    }

    private mutating func demandSparklines() -> [Effect] {
        guard !sparklines.isLoading, !sparklines.isBlocked, !metricColumns.isEmpty else { return [] }
        let height = layout.runRows.height
        var wanted: [MetricSeriesKey: MetricPoint] = [:]
        var shown = Set<MetricSeriesKey>()
        for row in list.rows.dropFirst(list.top).prefix(max(0, height)) {
            let run = list.table[row.slot]
            for column in metricColumns.prefix(SparklineCache.columns) {
                guard let latest = run.metrics.value(forKey: column), latest.value.number != nil else { continue }
                let key = MetricSeriesKey(run: run.id, metric: column)
                shown.insert(key)
                if !sparklines.isCurrent(key, latest: latest) { wanted[key] = latest }
            }
        }
        guard !wanted.isEmpty else { return [] }
        sparklines.isLoading = true
        sparklines.requested = wanted
        sparklines.shown = shown
        let keys = wanted.keys.sorted { ($0.run, $0.metric) < ($1.run, $1.metric) }
        return [.loadSeries(keys, maxPoints: SparklineCache.points, .sparklines)]
    }

    private mutating func demandCharts() -> [Effect] {
        guard detail.tab == .metrics, !detail.charts.isLoading, let run = list.selectedRun else { return [] }
        let layout = layout
        guard layout.detail.height > 0 else { return [] }
        // Two braille dots a cell: more points than dots can't be seen.
        let points = max(2, layout.detailBody.width * 2)
        let isCurrent =
            detail.charts.run == run.id && detail.charts.loadedMetrics == run.metrics
            && detail.charts.loadedPoints >= points
        if isCurrent { return [] }
        let keys = run.metrics.entries.map { MetricSeriesKey(run: run.id, metric: $0.key) }
        if detail.charts.run != run.id { detail.charts.series = [] }
        detail.charts.run = run.id
        detail.charts.loadedMetrics = run.metrics
        detail.charts.loadedPoints = points
        guard !keys.isEmpty else { return [] }
        detail.charts.isLoading = true
        return [.loadSeries(keys, maxPoints: points, .charts(run.id))]
    }

    mutating func seriesArrived(
        _ purpose: SeriesPurpose, requested: [MetricSeriesKey], _ result: Result<[MetricSeries], RunServiceError>
    ) -> [Effect] {
        switch (purpose, result) {
        case (.sparklines, .success(let series)):
            sparklines.isLoading = false
            sparklines.store(series)
        case (.sparklines, .failure):
            // Sparklines are an ornament: their failure waits for the next good poll and is not reported.
            sparklines.isLoading = false
            sparklines.isBlocked = true
        case (.charts(let id), .success(let series)):
            detail.charts.isLoading = false
            guard detail.charts.run == id else { return [] }
            detail.charts.series = series
            detail.charts.error = nil
        case (.charts(let id), .failure(let error)):
            detail.charts.isLoading = false
            guard detail.charts.run == id else { return [] }
            detail.charts.error = error
        }
        return []
    }
}
