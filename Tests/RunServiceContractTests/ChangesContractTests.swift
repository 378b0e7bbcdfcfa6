import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ChangesContractTests {
    @Test("10. A full read comes in pages, most recently changed first", arguments: RunServiceFactory.all)
    func fullRead(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let created = try await service.createRuns(
            (0..<25).map { RunDraft(id: factory.id("r\($0)"), experimentName: "e") })
        try await service.editTags([.set(key: "k", value: nil)], of: created[3].id)
        var seen: [RunID] = []
        var batch = try await service.changes(in: .all, since: nil, pageSize: 10)
        // Where nothing tells when a run changed, it counts as changed when it began, all of these at once.
        let knowsChanges = factory.holds.contains(.timesOfChange)
        #expect(!knowsChanges || batch.runs.first?.id == created[3].id)
        #expect(batch.experiments.map(\.name) == ["e"])
        while true {
            #expect(batch.runs.count <= 10)
            seen += batch.runs.map(\.id)
            guard batch.hasMore else { break }
            batch = try await service.changes(in: .all, since: batch.cursor, pageSize: 10)
        }
        #expect(seen.count == 25)
        #expect(Set(seen) == Set(created.map(\.id)))
        #expect(!knowsChanges || seen.dropFirst().first == created[24].id)
    }

    @Test("10. Nothing changed: an empty batch that can be asked on from", arguments: RunServiceFactory.all)
    func idle(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        var cursor = try await service.changes(in: .all, since: nil, pageSize: 10).cursor
        for round in 0..<3 {
            let idle = try await service.changes(in: .all, since: cursor, pageSize: 10)
            #expect(idle == ChangeBatch(cursor: idle.cursor))
            let run = try await service.createRun(RunDraft(id: factory.id("r\(round)"), experimentName: "e"))
            let changed = try await service.changes(in: .all, since: idle.cursor, pageSize: 10)
            #expect(changed.runs == [run])
            #expect(changed.experiments.map(\.counts.total) == [round + 1])
            cursor = changed.cursor
        }
    }

    @Test(
        "10. A page size of 0 asks for changes alone; the rest of a full read waits", arguments: RunServiceFactory.all)
    func changesAlone(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let created = try await service.createRuns(
            (0..<5).map { RunDraft(id: factory.id("r\($0)"), experimentName: "e") })
        var replica = ChangeReplica()
        try await replica.pull(from: service, pageSize: 2)
        #expect(try await replica.pull(from: service, pageSize: 0).runs.isEmpty)
        try await service.editTags([.set(key: "k", value: nil)], of: created[0].id)
        #expect(try await replica.pull(from: service, pageSize: 0).runs.map(\.id) == [created[0].id])
        #expect(try await replica.pull(from: service, pageSize: 0).runs.isEmpty)
        try await replica.catchUp(with: service, pageSize: 2)
        #expect(replica.runs.count == 5)
    }

    @Test(
        "10. Every visible change arrives, whoever made it; what changes nothing does not",
        arguments: RunServiceFactory.all)
    func eachKindOfChange(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let watcher = try await backend.open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        var replica = ChangeReplica()
        try await replica.catchUp(with: watcher)
        let visible: [() async throws -> Void] = [
            { try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle) },
            { try await service.editTags([.set(key: "t", value: "1")], of: run.id) },
            { try await service.addProperties(Properties([("p", "1")]), to: run.id) },
            { try await service.logParams(Params([("p", "1")]), to: run.id) },
            { try await service.logMetrics([MetricEntry(key: "m", value: .number(1))], to: run.id) },
            { try await service.apply(.fail(RunFailure(code: "c")), to: run.id, onBehalfOf: .person) },
        ]
        for change in visible {
            try await change()
            let batch = try await replica.pull(from: watcher, pageSize: 10)
            #expect(batch.runs.map(\.id) == [run.id])
            #expect(replica.runs[run.id] == (try await service.details(of: run.id).run))
        }
        try await service.editTags([.set(key: "t", value: "1"), .delete(key: "absent")], of: run.id)
        try await service.addProperties(Properties([("p", "1")]), to: run.id)
        try await service.apply(.complete, to: run.id, onBehalfOf: .lifecycle)
        #expect(try await replica.pull(from: watcher, pageSize: 10).runs.isEmpty)
    }

    @Test("10. A scope sees its own runs and every experiment", arguments: RunServiceFactory.all)
    func scoped(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let mine = try await service.createRun(RunDraft(experimentName: "mine"))
        try await service.createRun(RunDraft(experimentName: "other"))
        var replica = ChangeReplica(scope: .experiment(mine.experimentID))
        try await replica.catchUp(with: service, pageSize: 1)
        #expect(replica.runs.values.map(\.id) == [mine.id])
        #expect(Set(replica.experiments.values.map(\.name)) == ["mine", "other"])
        backend.clock.advance(by: 1)
        let other = try await service.createRun(RunDraft(experimentName: "other"))
        let batch = try await replica.pull(from: service, pageSize: 10)
        #expect(batch.runs.isEmpty)
        #expect(batch.experiments.map(\.counts.total) == [2])
        let all = try await service.changes(in: .all, since: nil, pageSize: 10)
        #expect(all.runs.first == other)
    }

    @Test("10. A cursor that is not this service's is invalid", arguments: RunServiceFactory.all)
    func foreignCursor(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let elsewhere = try await factory.makeBackend().open()
        let own = try await service.changes(in: .all, since: nil, pageSize: 10).cursor
        let foreign = try await elsewhere.changes(in: .all, since: nil, pageSize: 10).cursor
        for cursor in [foreign, ChangeCursor(""), ChangeCursor("nonsense"), ChangeCursor(own.text + "x")] {
            let error = await refusal { try await service.changes(in: .all, since: cursor, pageSize: 10) }
            #expect(error?.code == .invalid)
        }
        let error = await refusal {
            try await service.changes(in: .experiment(run.experimentID), since: own, pageSize: 10)
        }
        #expect(error?.code == .invalid)
    }

    @Test(
        "10. Changes applied in order equal a full read, whatever is written between the pages",
        arguments: RunServiceFactory.all.flatMap { factory in (1...factory.histories).map { (factory, $0) } })
    func changesEqualFullRead(_ factory: RunServiceFactory, _ seed: Int) async throws {
        let backend = try await factory.makeBackend()
        let services = [try await backend.open(), try await backend.open()]
        let watcher = try await backend.open()
        var random = SeededGenerator(seed: UInt64(seed))
        var writer = RandomWriter(factory)
        for _ in 0..<40 { try await writer.step(services.randomElement(using: &random)!, using: &random) }
        var replica = ChangeReplica()
        var scoped: ChangeReplica?
        for _ in 0..<60 {
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                try await writer.step(services.randomElement(using: &random)!, using: &random)
            }
            let batch = try await replica.pull(from: watcher, pageSize: Int.random(in: 1...7, using: &random))
            #expect(Set(batch.runs.map(\.id)).count == batch.runs.count)
            scoped = scoped ?? replica.experiments.keys.min().map { ChangeReplica(scope: .experiment($0)) }
            try await scoped?.pull(from: watcher, pageSize: Int.random(in: 1...7, using: &random))
        }
        // Milliseconds: where no store tells of a change, an adapter may take half a minute to notice it.
        backend.clock.advance(by: 30_000)
        try await replica.catchUp(with: watcher, pageSize: 3)
        try await scoped?.catchUp(with: watcher, pageSize: 3)
        let full = try await watcher.runs(in: .all, matching: nil, limit: 10_000)
        #expect(replica.runs == Dictionary(uniqueKeysWithValues: full.map { ($0.id, $0) }))
        let experiments = try await watcher.experiments()
        #expect(replica.experiments == Dictionary(uniqueKeysWithValues: experiments.map { ($0.id, $0) }))
        for experiment in experiments {
            let runs = full.filter { $0.experimentID == experiment.id }
            let counts = StatusCounts(Dictionary(grouping: runs, by: \.status).mapValues(\.count))
            #expect(experiment.counts == counts)
        }
        if let scoped, case .experiment(let id) = scoped.scope {
            #expect(Set(scoped.runs.keys) == Set(full.filter { $0.experimentID == id }.map(\.id)))
            #expect(scoped.runs.allSatisfy { replica.runs[$0.key] == $0.value })
        }
    }
}
