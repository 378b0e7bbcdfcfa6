import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedMetricTests {
    private func log(
        _ places: [(step: Int64, time: Int64, value: Double)], to run: RunID, of service: any HostedRunService
    ) async throws {
        let entries = places.map {
            MetricEntry(key: "m", value: .number($0.value), step: $0.step, timestamp: Timestamp(milliseconds: $0.time))
        }
        try await service.record(HostedRunEdit(RunEdit(onBehalfOf: .client, metrics: entries)), on: run)
    }

    @Test("H7. History comes by time, step and value, in pages that do not shift", arguments: HostedServiceFactory.all)
    func history(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e")).id
        var generator = SeededGenerator(seed: 5)
        var places: [(step: Int64, time: Int64, value: Double)] = []
        for time in Int64(1)...6 { for step in Int64(0)..<4 { places.append((step, time, Double(step * time % 5))) } }
        places += [(1, 3, 9), (1, 3, -9)]
        try await log(places.shuffled(using: &generator), to: run, of: service)
        let expected = places.sorted { ($0.time, $0.step, $0.value) < ($1.time, $1.step, $1.value) }
        let key = MetricSeriesKey(run: run, metric: "m")
        for limit in [1, 3, 26, 100, .max] {
            var (points, page): ([MetricPoint], PageToken?) = ([], nil)
            repeat {
                let part = try await service.metricHistory(of: key, limit: limit, page: page)
                points += part.items
                page = part.next
                // What is logged before the place of the next page is not on it.
                if limit == 3 && points.count == 9 { try await log([(0, 0, 1)], to: run, of: service) }
            } while page != nil
            let shown = limit == .max || limit > 3 ? points.filter { $0.timestamp.milliseconds > 0 } : points
            #expect(shown.map(\.step) == expected.map(\.step), "by \(limit)")
            #expect(shown.map(\.timestamp.milliseconds) == expected.map(\.time))
            #expect(shown.map(\.value) == expected.map { .number($0.value) })
        }
        #expect(try await service.metricHistory(of: .init(run: run, metric: "x"), limit: 9, page: nil).items.isEmpty)
        let nobody = MetricSeriesKey(run: RunID("nobody"), metric: "m")
        #expect(await refusal { try await service.metricHistory(of: nobody, limit: 9, page: nil) }?.code == .notFound)
        let error = await refusal { try await service.metricHistory(of: key, limit: 9, page: PageToken("2 0")) }
        #expect(error?.code == .invalid)
    }

    @Test("H7. Samples are even over a range of steps and keep both ends", arguments: HostedServiceFactory.all)
    func samples(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let ordered = try await service.createRun(RunDraft(experimentName: "e")).id
        let mixed = try await service.createRun(RunDraft(experimentName: "e")).id
        let places = (0..<100).map { (step: Int64($0), time: Int64($0), value: Double($0)) }
        var generator = SeededGenerator(seed: 5)
        try await log(places, to: ordered, of: service)
        try await log(places.shuffled(using: &generator), to: mixed, of: service)
        for (steps, size, expected) in [
            (nil, 4, [0, 25, 50, 99]), (nil, 1, [99]), (nil, 3, [0, 34, 99]), (10...13, 9, [10, 11, 12, 13]),
            (10...19, 4, [10, 13, 16, 19]), (200...300, 4, []), (99...99, 1, [99]),
        ] as [(ClosedRange<Int64>?, Int, [Int64])] {
            let found = try await service.metricSamples(of: "m", in: [mixed, ordered], steps: steps, maxPoints: size)
            let total = places.filter { place in steps?.contains(place.step) ?? true }.count
            #expect(found.map(\.key.run) == (expected.isEmpty ? [] : [mixed, ordered]))
            for series in found {
                #expect(series.points.map(\.step) == expected, "\(String(describing: steps)) by \(size)")
                #expect(series.total == total)
            }
        }
        // Many points of one step are many points all the same.
        try await log((0..<50).map { (step: 7, time: Int64($0) + 1_000, value: 1) }, to: ordered, of: service)
        let same = try await service.metricSamples(of: "m", in: [ordered], steps: 7...7, maxPoints: 10).first
        #expect(same?.points.count == 10 && same?.total == 51)
        #expect(try await service.metricSamples(of: "x", in: [ordered], steps: nil, maxPoints: 9).isEmpty)
    }

    @Test("H8. Rows are kept as they were sent, each id once", arguments: HostedServiceFactory.all)
    func tables(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e")).id
        let columns = [MetricColumn(name: "loss", type: "double")]
        func row(_ id: String, _ value: Double) -> MetricRow {
            MetricRow(
                id: id, createdAt: backend.clock.now, data: #"{"loss":\#(value)}"#,
                points: [MetricEntry(key: "loss", value: .number(value))])
        }
        let rows = MetricRows(
            table: "loss", columns: columns, properties: #"{"uxMetricType":"azureml.v1.scalar"}"#,
            rows: [row("a", 1), row("b", 1)])
        for _ in 0..<2 { try await service.record(HostedRunEdit(metricRows: [rows]), on: run) }
        let more = MetricRows(
            table: "loss", columns: columns + [MetricColumn(name: "y", type: "int")], rows: [row("b", 9), row("c", 3)])
        try await service.record(HostedRunEdit(metricRows: [more]), on: run)
        let table = MetricTable(name: "loss", columns: more.columns, properties: rows.properties, count: 3)
        #expect(try await service.metricTables(of: run) == [table])
        var (ids, page): ([String], PageToken?) = ([], nil)
        repeat {
            let part = try await service.metricRows(of: "loss", in: run, limit: 2, page: page)
            ids += part.items.map { "\($0.id) \($0.data)" }
            page = part.next
        } while page != nil
        #expect(ids == [#"a {"loss":1.0}"#, #"b {"loss":1.0}"#, #"c {"loss":3.0}"#])
        // The dashboard sees a series.
        let series = try await service.metricSeries(for: [.init(run: run, metric: "loss")], maxPoints: 9)
        #expect(series.first?.points.map(\.value) == [1, 1, 3].map { .number($0) })
        #expect(series.first?.points.map(\.step) == [0, 1, 2])
        #expect(try await service.metricRows(of: "none", in: run, limit: 2, page: nil).items.isEmpty)
        #expect(await refusal { try await service.metricTables(of: RunID("nobody")) }?.code == .notFound)
    }
}
