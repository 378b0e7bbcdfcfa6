import RunModel
import RunServices
import TerminalUI

/// Asking for the samples behind sparklines and charts.
extension Dashboard {
    mutating func demandSparklines() -> [Effect] {
        guard !sparklines.isLoading, !sparklines.isBlocked, !metricColumns.isEmpty else { return [] }
        var wanted: [MetricSeriesKey: MetricPoint] = [:]
        var shown = Set<MetricSeriesKey>()
        for row in rowsInView {
            let run = list.table[row.slot]
            for column in metricColumns.prefix(SparklineCache.columns) {
                guard let latest = run.metrics.value(forKey: column), latest.value.number != nil else { continue }
                let key = MetricSeriesKey(run: run.id, metric: column)
                shown.insert(key)
                if sparklines.refused.contains(key) { continue }
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

    /// Milliseconds that charts on the overview may be old: it is on screen all day, and a server sends every chart anew.
    private static let overviewAge: Int64 = 10_000

    mutating func demandCharts() -> [Effect] {
        guard !detail.charts.isLoading, let run = list.selectedRun else { return [] }
        let layout = layout
        guard layout.detail.height > 0 else { return [] }
        let metrics: [String]
        switch detail.tab {
        case .metrics: metrics = run.metrics.entries.map(\.key)
        // Not before the run's page is here: runs that the cursor only passes cost no charts.
        case .overview where currentDetails == nil: return []
        case .overview: metrics = OverviewCharts.plan(run, self, in: layout.detailBody).map(\.metric)
        case .logs, .tags, .children: return []
        }
        let points = chartPoints(width: layout.detailBody.width)
        if areChartsCurrent(metrics, points: points, of: run) { return [] }
        if detail.charts.run != run.id { detail.charts.restart(run.id) }
        detail.charts.loadedMetrics = run.metrics
        detail.charts.loadedKeys = Set(metrics.map { ExactText($0) })
        detail.charts.loadedPoints = points
        detail.charts.loadedAt = now.monotonic
        let keys = metrics.filter { detail.charts.refused[ExactText($0)] == nil }
            .map { MetricSeriesKey(run: run.id, metric: $0) }
        guard !keys.isEmpty else { return [] }
        detail.charts.isLoading = true
        return [.loadSeries(keys, maxPoints: points, .charts(run.id))]
    }

    private func areChartsCurrent(_ metrics: [String], points: Int, of run: Run) -> Bool {
        let charts = detail.charts
        guard charts.run == run.id, charts.loadedPoints >= points,
            charts.loadedKeys.isSuperset(of: metrics.map { ExactText($0) })
        else {
            return metrics.isEmpty
        }
        if charts.loadedMetrics == run.metrics { return true }
        let isYoung = now.monotonic - charts.loadedAt < Self.overviewAge
        return detail.tab == .overview && charts.loadedMetrics != nil && isYoung
    }

    mutating func seriesArrived(
        _ purpose: SeriesPurpose, requested: [MetricSeriesKey], _ result: Result<SeriesAnswer, RunServiceError>
    ) -> [Effect] {
        switch purpose {
        case .sparklines: sparklinesArrived(result)
        case .ranges: rangesArrived(result)
        case .charts(let id): chartsArrived(id, result)
        case .overlay: overlay.take(requested, result)
        case .comparison: comparisonSeriesArrived(requested, result)
        }
        return []
    }

    /// Sparklines are an ornament: their failure is not reported, and waits for the next good poll or for a person.
    private mutating func sparklinesArrived(_ result: Result<SeriesAnswer, RunServiceError>) {
        sparklines.isLoading = false
        switch result {
        case .success(let answer):
            sparklines.store(answer.series)
            sparklines.refuse(answer.refused.keys)
        case .failure(let error) where error.mayPass: sparklines.isBlocked = true
        case .failure: sparklines.store([])
        }
    }

    private mutating func chartsArrived(_ id: RunID, _ result: Result<SeriesAnswer, RunServiceError>) {
        detail.charts.isLoading = false
        guard detail.charts.run == id else { return }
        switch result {
        case .success(let answer):
            detail.charts.series = answer.series
            detail.charts.error = nil
            for (key, error) in answer.refused { detail.charts.refused[ExactText(key.metric)] = error }
        case .failure(let error):
            detail.charts.error = error
        }
    }
}
