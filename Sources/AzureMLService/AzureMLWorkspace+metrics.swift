import AzureMLWire
import RemotePolling
import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// One request for each key, of at most 2,000 points; `total` is a guess beyond a full sample.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        let count = min(max(2, maxPoints), AzureMLAPI.sampleLimit)
        let found = try await concurrently(keys) { key throws(RunServiceError) -> [MetricPoint] in
            guard AzureMLAPI.isRunID(key.run.text), let series = try await self.series(of: key) else { return [] }
            return try await self.api.sample(of: series, in: key.run, maxPoints: count)
        }
        return zip(keys, found).compactMap { key, points in
            if points.isEmpty { return nil }
            return MetricSeries(
                key: key, points: Self.sample(points, count), total: Self.total(points, limit: count))
        }
    }

    /// Nil where the run has logged nothing of that name.
    private func series(of key: MetricSeriesKey) async throws(RunServiceError) -> AzureSeries? {
        if let known = rounds.withLock({ $0.series(key.metric, of: key.run) }) { return known }
        let all = try await api.series(of: key.run)
        let isOver = replica.withLock { $0.runs[key.run]?.run.status.isTerminal ?? false }
        rounds.withLock { $0.note(all, of: key.run, isOver: isOver) }
        return all.first { $0.key.isExactly(key.metric) }
    }

    /// The newest point of each metric: one question for what there is, and one for each.
    func latestMetrics(of id: RunID) async throws(RunServiceError) -> LatestMetrics {
        let all = try await api.series(of: id)
        let api = api
        let latest = try await concurrently(all) { series throws(RunServiceError) in
            try await api.sample(of: series, in: id, maxPoints: 2).last
        }
        let isOver = replica.withLock { $0.runs[id]?.run.status.isTerminal ?? false }
        rounds.withLock { $0.note(whole: all, of: id, isOver: isOver) }
        return LatestMetrics(zip(all, latest).compactMap { series, point in point.map { (series.key, $0) } })
    }

    /// Run history does not say how many points a metric has: beyond a full sample, one a step is the best guess.
    private static func total(_ points: [MetricPoint], limit: Int) -> Int {
        guard points.count >= limit, let first = points.first, let last = points.last else { return points.count }
        let (span, overflow) = last.step.subtractingReportingOverflow(first.step)
        return overflow || span < 0 || span == .max ? points.count : max(points.count, Int(span) + 1)
    }

    /// An even choice that keeps the first and the last point.
    private static func sample(_ points: [MetricPoint], _ count: Int) -> [MetricPoint] {
        guard points.count > count else { return points }
        return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
    }
}
