import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedBatchTests {
    private func entry(_ key: String, _ value: Double, step: Int64 = 0, at time: Int64 = 1) -> MetricEntry {
        MetricEntry(key: key, value: .number(value), step: step, timestamp: Timestamp(milliseconds: time))
    }

    private func batch(_ metrics: [MetricEntry] = [], params: Params = Params(), tags: [TagEdit] = []) -> HostedRunEdit
    {
        HostedRunEdit(RunEdit(onBehalfOf: .client, tags: tags, params: params, metrics: metrics))
    }

    @Test("H5. A batch is whole or not at all", arguments: HostedServiceFactory.all)
    func whole(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e", params: Params([("lr", "0.1")])))
        var edit = batch(
            [entry("m", 1), entry("m", 2, step: 1)], params: Params([("lr", "0.1"), ("opt", "adam")]),
            tags: [.set(key: "t", value: "1")])
        edit.run.transition = .start
        edit.run.name = "renamed"
        let data = Dataset(name: "iris", digest: "d1", sourceType: "local", source: "{}", schema: "s", profile: "p")
        edit.datasets = [DatasetInput(dataset: data, tags: Tags([(DatasetInput.contextTag, "train")]))]
        edit.modelInputs = [ModelUse(modelID: "m-1")]
        edit.modelOutputs = [ModelUse(modelID: "m-2", step: 7)]
        var bad = edit
        bad.run.params = Params([("new", "x"), ("lr", "0.2")])
        #expect(await refusal { try await service.record(bad, on: run.id) }?.code == .immutable)
        bad = edit
        bad.run.metrics.append(entry("", 1))
        #expect(await refusal { try await service.record(bad, on: run.id) }?.code == .invalid)
        bad = edit
        bad.modelMetrics = [
            ModelMetric(
                modelID: "none", key: "k", point: MetricPoint(step: 0, timestamp: backend.clock.now, value: .number(1)))
        ]
        #expect(await refusal { try await service.record(bad, on: run.id) }?.code == .notFound)
        #expect(try await service.hostedRun(run.id) == HostedRun(run: run))
        try await service.record(edit, on: run.id)
        let after = try await service.hostedRun(run.id)
        #expect(after.run.status == .running && after.run.name == "renamed")
        #expect(after.run.params == Params([("lr", "0.1"), ("opt", "adam")]) && after.run.tags == Tags([("t", "1")]))
        #expect(after.run.metrics.value(forKey: "m")?.value == .number(2))
        #expect(after.datasets == edit.datasets)
        #expect(after.modelInputs == edit.modelInputs && after.modelOutputs == edit.modelOutputs)
        #expect(await refusal { try await service.record(edit, on: RunID("nobody")) }?.code == .notFound)
    }

    @Test("H5. A point that is sent again is one point", arguments: HostedServiceFactory.all)
    func repeated(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let points = [
            entry("m", 1), entry("m", 2, step: 1), entry("m", .nan, step: 2), entry("m", .infinity, step: 3),
        ]
        for _ in 0..<3 { try await service.record(batch(points + points), on: run.id) }
        // Other values of the same step and time are points of their own.
        try await service.record(batch([entry("m", 5, step: 1), entry("m", 2, step: 1, at: 2)]), on: run.id)
        let history = try await service.metricHistory(of: .init(run: run.id, metric: "m"), limit: 99, page: nil)
        #expect(history.items.map(\.step) == [0, 1, 1, 2, 3, 1])
        #expect(history.items.map(\.value) == [1, 2, 5, .nan, .infinity, 2].map { .number($0) })
        // Who speaks for the run itself means each point.
        for _ in 0..<2 { try await service.logMetrics([entry("own", 1)], to: run.id) }
        let own = try await service.metricHistory(of: .init(run: run.id, metric: "own"), limit: 99, page: nil)
        #expect(own.items.count == 2)
    }

    @Test("H5. The newest point has the greatest step, then time, then value", arguments: HostedServiceFactory.all)
    func newest(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        var places: [(step: Int64, time: Int64, value: Double)] = []
        for step in [Int64(0), 1] {
            for time in [Int64(1), 2] { for value in [1.0, 2] { places.append((step, time, value)) } }
        }
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<8 {
            let run = try await service.createRun(RunDraft(experimentName: "e"))
            for place in places.shuffled(using: &generator) {
                let point = entry("m", place.value, step: place.step, at: place.time)
                try await service.record(batch([point, entry("nan", .nan)]), on: run.id)
            }
            try await service.record(batch([entry("nan", 1)]), on: run.id)
            let metrics = try await service.hostedRun(run.id).run.metrics
            let latest = MetricPoint(step: 1, timestamp: Timestamp(milliseconds: 2), value: .number(2))
            #expect(metrics.value(forKey: "m") == latest)
            #expect(metrics.value(forKey: "nan")?.value == .number(1))
        }
    }

    @Test(
        "H5. Many clients at once lose nothing, and a refused call harms no other", arguments: HostedServiceFactory.all)
    func together(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e", params: Params([("p", "1")])))
        let refused = await withTaskGroup(of: Int.self) { group in
            for client in 0..<8 {
                group.addTask {
                    var refused = 0
                    for index in 0..<50 {
                        let isBad = index % 10 == 9
                        let edit = self.batch(
                            [self.entry("m\(client)", Double(index), step: Int64(index))],
                            params: Params([("p", isBad ? "2" : "1")]),
                            tags: [.set(key: "c\(client)", value: "\(index)")])
                        do throws(RunServiceError) {
                            try await service.record(edit, on: run.id)
                        } catch {
                            refused += error.code == .immutable ? 1 : 1_000
                        }
                    }
                    return refused
                }
            }
            return await group.reduce(0, +)
        }
        #expect(refused == 8 * 5)
        let after = try await service.hostedRun(run.id).run
        let expected = [Int64](0..<50).filter { $0 % 10 != 9 }
        for client in 0..<8 {
            let key = MetricSeriesKey(run: run.id, metric: "m\(client)")
            let history = try await service.metricHistory(of: key, limit: 999, page: nil).items
            #expect(history.map(\.step) == expected)
            #expect(after.tags.value(forKey: "c\(client)") == "48")
        }
    }

    @Test("H5. A client's cancel is an order where a supervisor lives", arguments: HostedServiceFactory.all)
    func supervised(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        try await service.attach(Stamps.elsewhere, to: run.id)
        func say(_ transition: Transition) async throws -> RunStatus {
            try await service.record(HostedRunEdit(RunEdit(onBehalfOf: .client, transition: transition)), on: run.id)
            return try await service.hostedRun(run.id).run.status
        }
        // The script says that it is done; its process is not.
        #expect(try await say(.complete) == .finalizing)
        #expect(try await say(.start) == .running)
        #expect(try await say(.canceled) == .cancelRequested)
        #expect(try await service.heartbeat(of: run.id) == .cancelRequested)
        #expect(try await say(.complete) == .cancelRequested)
        #expect(try await say(.start) == .cancelRequested)
        #expect(try await service.detach(from: run.id, exit: .signal(15), applying: .canceled).status == .canceled)
        #expect(try await say(.complete) == .completed)
    }
}
