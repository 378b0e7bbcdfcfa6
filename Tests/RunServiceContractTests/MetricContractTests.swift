import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct MetricContractTests {
    private func series(
        _ service: any RunService, _ run: RunID, _ metric: String, _ maxPoints: Int
    ) async throws -> MetricSeries? {
        try await service.metricSeries(for: [MetricSeriesKey(run: run, metric: metric)], maxPoints: maxPoints).first
    }

    @Test("9. NaN, infinities and texts survive", arguments: RunServiceFactory.all)
    func valuesSurvive(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        var values: [MetricValue] = [.nan, .infinity, -.infinity, .leastNonzeroMagnitude, 3, 0.1].map { .number($0) }
        if factory.holds.contains(.everyNumber) { values += [.number(-0.0), .number(.greatestFiniteMagnitude)] }
        let texts: [MetricValue] = ["Hello", "", "0.5", "NaN", "zero\0byte \u{1F600}"].map { .text($0) }
        if factory.holds.contains(.mixedMetrics) {
            values += texts
        } else if factory.holds.contains(.textMetrics) {
            for text in texts {
                try await service.logMetrics([MetricEntry(key: "t", value: text)], to: run.id)
                #expect(try await service.details(of: run.id).run.metrics.value(forKey: "t")?.value == text)
            }
            #expect(try await series(service, run.id, "t", 100)?.points.map(\.value) == texts)
        } else {
            let error = await refusal {
                try await service.logMetrics([MetricEntry(key: "v", value: texts[0])], to: run.id)
            }
            #expect(error?.code == .unsupported)
        }
        for value in values {
            try await service.logMetrics([MetricEntry(key: "v", value: value)], to: run.id)
            #expect(try await service.details(of: run.id).run.metrics.value(forKey: "v")?.value == value)
        }
        let read = try #require(try await series(service, run.id, "v", 100))
        #expect(read.points.map(\.value) == values)
        #expect(read.total == values.count)
    }

    @Test("9. Steps count up from the last by themselves, times are now", arguments: RunServiceFactory.all)
    func defaults(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.logMetrics(
            [
                MetricEntry(key: "a", value: .number(1)), MetricEntry(key: "b", value: .number(1), step: 10),
                MetricEntry(key: "a", value: .number(2)), MetricEntry(key: "b", value: .number(2)),
            ], to: run.id)
        try await service.logMetrics([MetricEntry(key: "a", value: .number(3))], to: run.id)
        let now = backend.clock.now
        #expect(try await series(service, run.id, "a", 9)?.points.map(\.step) == [0, 1, 2])
        #expect(try await series(service, run.id, "b", 9)?.points.map(\.step) == [10, 11])
        #expect(try await series(service, run.id, "b", 9)?.points.allSatisfy { $0.timestamp == now } == true)
    }

    @Test("9. Points come in the order of step, then time, however they were logged", arguments: RunServiceFactory.all)
    func order(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let places: [(Int64, Int64)] = [(5, 50), (1, 10), (9, 5), (-3, 7), (5, 40), (2, 1)]
        for (step, time) in places {
            try await service.logMetrics(
                [
                    MetricEntry(
                        key: "m", value: .number(Double(time)), step: step, timestamp: Timestamp(milliseconds: time))
                ], to: run.id)
        }
        let all = try #require(try await series(service, run.id, "m", 100))
        #expect(all.points.map(\.step) == [-3, 1, 2, 5, 5, 9])
        #expect(all.points.map(\.timestamp.milliseconds) == [7, 10, 1, 40, 50, 5])
        #expect(try await service.details(of: run.id).run.metrics.value(forKey: "m") == all.points.last)
        let few = try #require(try await series(service, run.id, "m", 2))
        #expect(few.points == [all.points[0], all.points[5]])
        #expect(few.total == 6 || !factory.holds.contains(.pointCounts))
    }

    @Test(
        "9. A sample is even, at most as long as asked, and keeps first and last",
        arguments: RunServiceFactory.all, [2, 3, 10, 99, 999, 1_000, 5_000])
    func sample(_ factory: RunServiceFactory, _ size: Int) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.logMetrics((0..<1_000).map { MetricEntry(key: "m", value: .number(Double($0))) }, to: run.id)
        let sample = try #require(try await series(service, run.id, "m", size))
        let steps = sample.points.map(\.step)
        #expect(sample.total == 1_000)
        #expect(steps.count == min(size, 1_000))
        #expect((steps.first, steps.last) == (0, 999))
        let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
        #expect(try #require(gaps.min()) >= 1)
        // MLflow's server takes the first of each part and the last of all: the last gap may be twice as wide.
        let tolerance = factory.holds.contains(.evenSamples) ? 1 + 1_000 / Int64(size) / 4 : 1 + 1_000 / Int64(size)
        #expect(try #require(gaps.max()) - #require(gaps.min()) <= tolerance)
    }

    @Test("9. A call keeps all its points or none; keys without points are left out", arguments: RunServiceFactory.all)
    func atomic(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let entries = [MetricEntry(key: "good", value: .number(1)), MetricEntry(key: "", value: .number(2))]
        let error = await refusal { try await service.logMetrics(entries, to: run.id) }
        #expect(error?.code == .invalid)
        #expect(try await service.details(of: run.id).run == run)
        let keys = [
            MetricSeriesKey(run: run.id, metric: "good"), MetricSeriesKey(run: RunID("nobody"), metric: "good"),
        ]
        #expect(try await service.metricSeries(for: keys, maxPoints: 10).isEmpty)
    }
}
