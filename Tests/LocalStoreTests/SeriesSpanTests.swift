import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// What a sample tells of the values that it leaves out.
@Suite struct SeriesSpanTests {
    private let directory: TemporaryDirectory
    private let store: LocalStore

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path)
    }

    private func series(of values: [MetricValue], maxPoints: Int) async throws -> MetricSeries {
        let run = try await store.createRun(RunDraft(experimentName: "e"))
        let entries = values.enumerated().map { MetricEntry(key: "m", value: $0.element, step: Int64($0.offset)) }
        try await store.logMetrics(entries, to: run.id)
        let key = MetricSeriesKey(run: run.id, metric: "m")
        return try #require(try await store.metricSeries(for: [key], maxPoints: maxPoints).first)
    }

    @Test func everyValueIsWithinTheSpanOfItsPoint() async throws {
        var values = (0..<1_000).map { MetricValue.number(Double($0 % 10)) }
        values[500] = .number(1e308)
        values[501] = .number(.nan)
        values[502] = .number(-1e308)
        values[503] = .text("spike")
        let series = try await series(of: values, maxPoints: 64)
        let spans = try #require(series.spans)
        #expect(series.total == 1_000 && series.points.count == 64 && spans.count == 64)
        for (index, point) in series.points.enumerated() {
            let end = index + 1 < series.points.count ? Int(series.points[index + 1].step) : 1_000
            let numbers = values[Int(point.step)..<end].compactMap(\.number).filter(\.isFinite)
            #expect(spans[index]?.low == numbers.min() && spans[index]?.high == numbers.max())
        }
    }

    @Test func whereNothingIsLeftOutAndForSparklinesThereAreNone() async throws {
        let values = (0..<100).map { MetricValue.number(Double($0)) }
        #expect(try await series(of: values, maxPoints: 100).spans == nil)
        #expect(try await series(of: values, maxPoints: 16).spans == nil)
    }
}
