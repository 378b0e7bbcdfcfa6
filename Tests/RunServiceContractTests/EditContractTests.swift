import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct EditContractTests {
    @Test("15. One edit changes all kinds of things at once", arguments: RunServiceFactory.all)
    func whole(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let run = try await service.createRun(RunDraft(experimentName: "e", tags: Tags([("old", "1")])))
        var edit = RunEdit(
            onBehalfOf: .lifecycle, transition: .start, name: "renamed",
            tags: [.set(key: "new", value: "2"), .delete(key: "old")], properties: Properties([("author", "ana")]),
            params: Params([("lr", "0.1")]), metrics: [MetricEntry(key: "loss", value: .number(0.5))])
        edit.setDescription("what this is about")
        let after = try await service.edit(run.id, edit)
        #expect(after.status == .running)
        #expect(after.startedAt == backend.clock.now)
        #expect(after.name == "renamed")
        #expect(after.tags == Tags([("new", "2"), (RunEdit.descriptionTag, "what this is about")]))
        #expect(after.properties == Properties([("author", "ana")]))
        #expect(after.params == Params([("lr", "0.1")]))
        #expect(after.metrics.value(forKey: "loss")?.value == .number(0.5))
        let elsewhere = try await backend.open()
        #expect(try await elsewhere.details(of: run.id).run == after)
    }

    @Test("15. An edit of which one part is refused changes nothing", arguments: RunServiceFactory.all)
    func nothing(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(
            RunDraft(experimentName: "e", properties: Properties([("p", "1")]), params: Params([("q", "1")])))
        let good = RunEdit(
            transition: .start, name: "renamed", tags: [.set(key: "t", value: "1")],
            properties: Properties([("p2", "1")]), params: Params([("q2", "1")]),
            metrics: [MetricEntry(key: "m", value: .number(1))])
        var bad = Array(repeating: good, count: 5)
        bad[0].name = "two\nlines"
        bad[1].tags.append(.set(key: "", value: "x"))
        bad[2].properties.set("2", forKey: "p")
        bad[3].params.set("2", forKey: "q")
        bad[4].metrics.append(MetricEntry(key: "", value: .number(1)))
        for (index, edit) in bad.enumerated() {
            let error = await refusal { try await service.edit(run.id, edit) }
            #expect(error?.code == (2...3 ~= index ? .immutable : .invalid), "edit \(index)")
            #expect(try await service.details(of: run.id).run == run, "edit \(index)")
        }
        #expect(try await service.metricSeries(for: [.init(run: run.id, metric: "m")], maxPoints: 9).isEmpty)
        var late = good
        late.transition = .canceled
        try await service.apply(.canceled, to: run.id, onBehalfOf: .lifecycle)
        let error = await refusal { try await service.edit(run.id, late) }
        #expect(error?.code == .conflict)
        #expect(try await service.details(of: run.id).run.tags.isEmpty)
    }

    @Test(
        "2. A foreign client sets any status at any time, and the end that it knows", arguments: RunServiceFactory.all)
    func client(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let end = backend.clock.now.advanced(byMilliseconds: 5_000)
        func set(_ transition: Transition, endedAt: Timestamp? = nil) async throws -> Run {
            try await service.edit(run.id, RunEdit(onBehalfOf: .client, transition: transition, endedAt: endedAt))
        }
        #expect(try await set(.start).status == .running)
        let failed = try await set(.fail(RunFailure()), endedAt: end)
        #expect(failed.status == .failed)
        #expect(failed.endedAt == end)
        // MLflow's `start_run(run_id=…)` goes on with a run that is over.
        let resumed = try await set(.start)
        #expect(resumed.status == .running)
        #expect(resumed.endedAt == nil)
        let later = end.advanced(byMilliseconds: 5_000)
        #expect(try await set(.complete, endedAt: later).endedAt == later)
        #expect(try await set(.canceled, endedAt: later).status == .canceled)
        #expect(try await service.details(of: run.id).run.status == .canceled)
    }

    @Test("3. An inspection is the runs asked for and what is active below them", arguments: RunServiceFactory.all)
    func inspection(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        func create(_ name: String, under parent: RunID? = nil) async throws -> RunID {
            try await service.createRun(RunDraft(experimentName: "e", name: name, parentID: parent)).id
        }
        let root = try await create("root")
        let child = try await create("child", under: root)
        let below = try await create("below", under: child)
        let done = try await create("done", under: root)
        let other = try await create("other")
        try await service.apply(.complete, to: done, onBehalfOf: .lifecycle)
        try await service.attach(Stamps.elsewhere, to: below)
        let inspected = try await service.inspect([other, root, RunID("nobody"), other], activeDescendants: true)
        #expect(inspected.map(\.run.name) == ["other", "root", "child", "below"])
        #expect(inspected.map { $0.supervisor?.supervisor } == [nil, nil, nil, Stamps.elsewhere])
        #expect(inspected[3].supervisor?.isLive(at: backend.clock.now) == true)
        let alone = try await service.inspect([root, done], activeDescendants: false)
        #expect(alone.map(\.run.name) == ["root", "done"])
        #expect(try await service.inspect([], activeDescendants: true).isEmpty)
    }
}
