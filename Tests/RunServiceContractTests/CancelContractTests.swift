import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct CancelContractTests {
    @Test("3. Without a live supervisor a run is Canceled at once", arguments: RunServiceFactory.all)
    func unsupervised(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let fresh = try await service.createRun(RunDraft(experimentName: "e"))
        let silent = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.attach(Stamps.elsewhere, to: silent.id)
        try await service.apply(.start, to: silent.id, onBehalfOf: .lifecycle)
        let detached = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.attach(Stamps.elsewhere, to: detached.id)
        try await service.detach(from: detached.id, exit: nil, applying: .start)
        backend.clock.advance(by: Heartbeat.silenceLimit + 1)
        for run in [fresh, silent, detached] {
            let changed = try await service.cancel(run.id, includingDescendants: false)
            #expect(changed.map(\.id) == [run.id])
            #expect(changed.map(\.status) == [.canceled])
            #expect(changed.first?.endedAt == backend.clock.now)
        }
    }

    @Test(
        "3. With a live supervisor it is CancelRequested, and Canceled when the group is gone",
        arguments: RunServiceFactory.all)
    func supervised(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let supervisor = try await backend.open()
        let dashboard = try await backend.open()
        let run = try await supervisor.createRun(RunDraft(experimentName: "e"))
        try await supervisor.attach(Stamps.elsewhere, to: run.id)
        try await supervisor.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        #expect(try await supervisor.heartbeat(of: run.id) == .running)
        let changed = try await dashboard.cancel(run.id, includingDescendants: false)
        #expect(changed.map(\.status) == [.cancelRequested])
        #expect(changed.first?.endedAt == nil)
        #expect(try await supervisor.heartbeat(of: run.id) == .cancelRequested)
        let over = try await supervisor.detach(from: run.id, exit: .signal(15), applying: .canceled)
        #expect(over.status == .canceled)
        #expect(over.endedAt == backend.clock.now)
        let state = try await dashboard.details(of: run.id).supervisor
        #expect(state?.exit == .signal(15))
        #expect(state?.supervisor == Stamps.elsewhere)
    }

    @Test("3. With descendants every active one is cancelled, children first", arguments: RunServiceFactory.all)
    func descendants(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        func create(_ name: String, under parent: RunID?) async throws -> RunID {
            try await service.createRun(RunDraft(experimentName: "e", name: name, parentID: parent)).id
        }
        let root = try await create("root", under: nil)
        let a = try await create("a", under: root)
        _ = try await create("b", under: root)
        _ = try await create("a1", under: a)
        let done = try await create("done", under: a)
        _ = try await create("below-done", under: done)
        try await service.apply(.complete, to: done, onBehalfOf: .lifecycle)
        let changed = try await service.cancel(root, includingDescendants: true).map(\.name)
        #expect(Set(changed) == ["root", "a", "b", "a1", "below-done"])
        #expect(changed.last == "root")
        let (child, parent) = (changed.firstIndex(of: "a1"), changed.firstIndex(of: "a"))
        #expect(try #require(child) < #require(parent))
        #expect(try await service.details(of: done).run.status == .completed)
    }

    @Test("3. Without descendants only the run itself is cancelled", arguments: RunServiceFactory.all)
    func onlyItself(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let parent = try await service.createRun(RunDraft(experimentName: "e"))
        let child = try await service.createRun(RunDraft(experimentName: "e", parentID: parent.id))
        #expect(try await service.cancel(parent.id, includingDescendants: false).map(\.id) == [parent.id])
        #expect(try await service.details(of: child.id).run.status == .notStarted)
        // A parent that is over does not shield children that are not.
        #expect(try await service.cancel(parent.id, includingDescendants: true).map(\.id) == [child.id])
    }
}
