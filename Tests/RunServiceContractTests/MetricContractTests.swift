import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct MetricContractTests {
    @Test("9. NaN, infinities and texts survive", arguments: RunServiceFactory.all)
    func valuesSurvive(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let values: [MetricValue] = [
            .number(.nan), .number(.infinity), .number(-.infinity), .number(-0.0), .number(.leastNonzeroMagnitude),
            .number(.greatestFiniteMagnitude), .number(3), .number(0.1), .text("Hello"), .text(""), .text("0.5"),
            .text("NaN"), .text("zero\0byte \u{1F600}"),
        ]
        try await service.logMetrics(values.map { MetricEntry(key: "v", value: $0) }, to: run.id)
        let series = try await service.metricSeries(for: [MetricSeriesKey(run: run.id, metric: "v")], maxPoints: 100)
        #expect(series.first?.points.map(\.value) == values)
        #expect(series.first?.total == values.count)
        let latest = try await service.details(of: run.id).run.metrics.value(forKey: "v")
        #expect(latest?.value == values.last)
    }
}
