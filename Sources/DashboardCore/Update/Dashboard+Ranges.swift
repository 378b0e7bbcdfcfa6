import RunModel
import RunServices

/// Asking for the least and greatest values of metrics, where a column shows them: for the rows in view only.
extension Dashboard {
    mutating func demandRanges() -> [Effect] {
        guard !ranges.isLoading, !ranges.isBlocked else { return [] }
        let metrics = rangedMetrics
        guard !metrics.isEmpty else { return [] }
        var wanted: [MetricSeriesKey: MetricPoint] = [:]
        for key in rangeKeys(metrics) where wanted.count < RangeCache.batch {
            guard let latest = list.table[key.run]?.metrics.value(forKey: key.metric), latest.value.number != nil,
                ranges.needs(key, latest: latest, at: now.monotonic)
            else { continue }
            wanted[key] = latest
        }
        guard !wanted.isEmpty else { return [] }
        ranges.ask(wanted, at: now.monotonic)
        let keys = wanted.keys.sorted { ($0.run, $0.metric) < ($1.run, $1.metric) }
        return [.loadSeries(keys, maxPoints: RangeCache.points, .ranges)]
    }

    private var rangedMetrics: [String] {
        var metrics: [String] = []
        for metric in shownColumns.compactMap(\.rangedMetric) where !metrics.contains(where: { $0.isExactly(metric) }) {
            metrics.append(metric)
        }
        return metrics
    }

    private func rangeKeys(_ metrics: [String]) -> [MetricSeriesKey] {
        rowsInView.flatMap { row in
            let id = list.table[row.slot].id
            return metrics.map { MetricSeriesKey(run: id, metric: $0) }
        }
    }

    mutating func rangesArrived(_ result: Result<SeriesAnswer, RunServiceError>) {
        ranges.isLoading = false
        switch result {
        case .success(let answer): ranges.store(answer.series, shown: Set(rangeKeys(rangedMetrics)))
        case .failure(let error) where error.mayPass: ranges.isBlocked = true
        case .failure: ranges.store([], shown: [])
        }
    }
}
