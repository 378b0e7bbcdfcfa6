import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct QueryContractTests {
    @Test("11. A listing gives the newest start first, within its scope and limit", arguments: RunServiceFactory.all)
    func order(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let runs = try await service.createRuns(
            (0..<6).map {
                RunDraft(id: factory.id("r\($0)"), experimentName: $0 % 2 == 0 ? "even" : "odd", name: "r\($0)")
            })
        for index in [4, 1, 3, 0, 5, 2] {
            backend.clock.advance(by: 10)
            try await service.apply(.start, to: runs[index].id, onBehalfOf: .lifecycle)
        }
        func names(_ scope: RunScope, _ limit: Int) async throws -> [String] {
            try await service.runs(in: scope, matching: nil, limit: limit).map(\.name)
        }
        #expect(try await names(.all, 10) == ["r2", "r5", "r0", "r3", "r1", "r4"])
        #expect(try await names(.all, 2) == ["r2", "r5"])
        #expect(try await names(.all, 0) == [])
        #expect(try await names(.experiment(runs[1].experimentID), 10) == ["r5", "r3", "r1"])
    }

    @Test("11. A pushed-down condition means what it means elsewhere", arguments: RunServiceFactory.all)
    func pushedDown(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let transitions: [Transition?] = [nil, .queue, .start, .complete, .fail(RunFailure()), .canceled]
        for (index, transition) in transitions.enumerated() {
            for experiment in ["explore-runs", "Sweep (β)", "100%"] {
                let run = try await service.createRun(
                    RunDraft(experimentName: experiment, name: "run \(index)", tags: Tags([("status", "x")])))
                if let transition { try await service.apply(transition, to: run.id, onBehalfOf: .lifecycle) }
            }
        }
        let all = try await service.runs(in: .all, matching: nil, limit: 100)
        #expect(all.count == 18)
        for text in [
            "status:running", "status = FINISHED", "status != FAILED", "not status:active",
            "status:cancel or status:queued", "status IN ('FAILED', 'KILLED')", "experiment = explore-runs",
            "experiment ~ '^S' or experiment = \"100%\"", "not experiment = explore-runs status:active",
            "experiment LIKE '%)'", "experiment:sweep name = \"run 3\"", "status:completed or name:\"run 1\"",
            "experiment IS NULL", "status IS NOT NULL tags.status = x status:paused",
        ] {
            let filter = try Filter.parse(text)
            let expected = all.filter { filter.matches($0, at: backend.clock.now) }
            #expect(try await service.runs(in: .all, matching: filter, limit: 100) == expected, "\(text)")
            #expect(expected.count < all.count, "\(text)")
        }
    }

    @Test(
        "11. A listing takes the filter language, and looks on until the limit is reached",
        arguments: RunServiceFactory.all)
    func filtered(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        // More than any page an adapter may read at once, the matches all at the far end.
        let drafts = (0..<factory.manyRuns).map { index in
            RunDraft(
                id: factory.id("r\(index)"), experimentName: "e", name: "n\(index)",
                tags: Tags(index < 3 ? [("quality", "fantastic run")] : []), params: Params([("index", "\(index)")]))
        }
        let created = try await service.createRuns(drafts)
        try await service.logMetrics([MetricEntry(key: "loss", value: .number(0.25))], to: created[1].id)
        func names(_ filter: String, _ limit: Int = 100) async throws -> Set<String> {
            let parsed = try Filter.parse(filter)
            return Set(try await service.runs(in: .all, matching: parsed, limit: limit).map(\.name))
        }
        #expect(try await names("tag.quality=\"fantastic run\"") == ["n0", "n1", "n2"])
        #expect(try await names("tag.quality=\"fantastic run\"", 2).count == 2)
        #expect(try await names("metrics.loss < 0.3 and status:notstarted") == ["n1"])
        #expect(
            try await names("params.index = \(drafts.count - 1) or params.index = 0") == ["n\(drafts.count - 1)", "n0"])
        #expect(try await names("status:running").isEmpty)
    }
}
