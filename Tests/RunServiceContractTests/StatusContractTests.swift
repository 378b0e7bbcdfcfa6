import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct StatusContractTests {
    @Test("1. A run begins as NotStarted and shows each status as it is reached", arguments: RunServiceFactory.all)
    func statusesAreShown(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        #expect(run.status == .notStarted)
        for (transition, status) in [
            (Transition.queue, RunStatus.queued), (.start, .running), (.complete, .completed),
        ] {
            let answered = try await service.apply(transition, to: run.id, onBehalfOf: .lifecycle)
            #expect(answered.status == status)
            #expect(try await service.details(of: run.id).run == answered)
            #expect(try await service.experiments().first?.counts == StatusCounts([status: 1]))
        }
    }

    @Test("2. Start and end times are set once, by the service", arguments: RunServiceFactory.all)
    func timesAreSetOnce(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let created = backend.clock.now
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        #expect((run.createdAt, run.startedAt, run.endedAt) == (created, nil, nil))
        backend.clock.advance(by: 1_000)
        let started = try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        #expect(started.startedAt == created.advanced(byMilliseconds: 1_000))
        backend.clock.advance(by: 1_000)
        try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        let completed = try await service.apply(.complete, to: run.id, onBehalfOf: .lifecycle)
        backend.clock.advance(by: 1_000)
        let failed = try await service.apply(.fail(RunFailure()), to: run.id, onBehalfOf: .person)
        #expect(failed.startedAt == started.startedAt)
        #expect(failed.endedAt == completed.endedAt)
        #expect(completed.endedAt == created.advanced(byMilliseconds: 2_000))
    }

    @Test(
        "2. Failed and Canceled are final: a late event is ignored, a person's command is a conflict",
        arguments: RunServiceFactory.all, [Transition.fail(RunFailure(code: "x")), .canceled])
    func finalStatusesStay(_ factory: RunServiceFactory, _ ending: Transition) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        let final = try await service.apply(ending, to: run.id, onBehalfOf: .lifecycle)
        for late in [Transition.queue, .start, .complete, .fail(RunFailure(message: "late")), .canceled] {
            #expect(try await service.apply(late, to: run.id, onBehalfOf: .lifecycle) == final)
            let error = await refusal { try await service.apply(late, to: run.id, onBehalfOf: .person) }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains(final.status.word) == true)
            #expect(try await service.details(of: run.id).run == final)
        }
        let error = await refusal { try await service.cancel(run.id, includingDescendants: false) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains(final.status.word) == true)
    }

    @Test("2. Completed may still become Failed, and nothing else", arguments: RunServiceFactory.all)
    func completedMayFail(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let completed = try await service.apply(.complete, to: run.id, onBehalfOf: .person)
        for late in [Transition.queue, .start, .complete, .canceled] {
            #expect(try await service.apply(late, to: run.id, onBehalfOf: .lifecycle) == completed)
            let error = await refusal { try await service.apply(late, to: run.id, onBehalfOf: .person) }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("Completed") == true)
        }
        let failed = try await service.apply(
            .fail(RunFailure(message: "wrong script")), to: run.id, onBehalfOf: .person)
        #expect(failed.status == .failed)
        #expect(failed.failure?.message == "wrong script")
    }

    @Test("2. A late start does not take a cancel request back", arguments: RunServiceFactory.all)
    func cancelRequestStands(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        try await service.attach(Stamps.elsewhere, to: run.id)
        try await service.cancel(run.id, includingDescendants: false)
        let started = try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        #expect(started.status == .cancelRequested)
        #expect(started.startedAt != nil)
    }

    @Test("4. Fail keeps code and message, each of which may be absent", arguments: RunServiceFactory.all)
    func failureIsKept(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        for failure in [
            RunFailure(code: "UserError", message: "line 1\nline 2 \u{1b}[31mred"), RunFailure(message: "only this"),
            RunFailure(code: "OnlyCode"),
        ] {
            let run = try await service.createRun(RunDraft(experimentName: "e"))
            try await service.apply(.fail(failure), to: run.id, onBehalfOf: .person)
            #expect(try await service.details(of: run.id).run.failure == failure)
        }
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let failed = try await service.apply(.fail(RunFailure()), to: run.id, onBehalfOf: .person)
        #expect(failed.failure == nil)
        #expect(failed.status == .failed)
    }

    @Test("5. Complete sets Completed and the end time", arguments: RunServiceFactory.all)
    func completeEndsTheRun(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        backend.clock.advance(by: 5)
        let completed = try await service.apply(.complete, to: run.id, onBehalfOf: .person)
        #expect(completed.status == .completed)
        #expect(completed.endedAt == backend.clock.now)
    }
}
