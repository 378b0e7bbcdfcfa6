import RunModel
import RunServices

/// All points of some metrics of the runs of one page.
struct MetricHistories {
    private var points: [MetricSeriesKey: [MetricPoint]] = [:]

    init(of metrics: [String], in runs: [Run], from service: any RunReading) async throws {
        // What a run has no value of has no history either.
        let keys = runs.flatMap { run in
            Set(metrics.map(ExactText.init)).filter { run.metrics.contains($0.text) }
                .map { MetricSeriesKey(run: run.id, metric: $0.text) }
        }
        if keys.isEmpty { return }
        for series in try await service.wholeSeries(for: keys) {
            points[series.key] = series.points
        }
    }

    subscript(run: Run, metric: String) -> [MetricPoint] {
        points[MetricSeriesKey(run: run.id, metric: metric)] ?? []
    }
}
