import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct DisposalContractTests {
    @Test("16. A deleted run vanishes and comes back as it was", arguments: RunServiceFactory.all)
    func deletion(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        if let reason = service.capabilities.deleteRuns.reason {
            let error = await refusal { try await service.deletedRuns(after: nil) }
            #expect(error == RunServiceError(.unsupported, reason))
            return
        }
        let kept = try await service.createRun(RunDraft(experimentName: "e", name: "kept"))
        let run = try await service.createRun(
            RunDraft(experimentName: "e", name: "away", tags: Tags([("k", "v")]), params: Params([("lr", "0.1")])))
        try await service.logMetrics([MetricEntry(key: "m", value: .number(1))], to: run.id)
        try await service.apply(.complete, to: run.id, onBehalfOf: .lifecycle)
        let before = try await service.details(of: run.id).run
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        #expect(try await service.deletedRuns(after: nil) == Page([]))
        backend.clock.advance(by: 5)
        for _ in 0..<2 { try await service.deleteRun(run.id) }
        try await replica.catchUp(with: service)
        #expect(Set(replica.runs.keys) == [kept.id])
        #expect(try await service.runs(in: .all, matching: nil, limit: 9).map(\.id) == [kept.id])
        #expect(try await service.experiments().map(\.counts.total) == [1])
        #expect(await refusal { try await service.details(of: run.id) }?.code == .notFound)
        let error = await refusal { try await service.editTags([.set(key: "k", value: "2")], of: run.id) }
        #expect([.deleted, .notFound].contains(error?.code))
        let elsewhere = try await backend.open()
        let deleted = try await elsewhere.deletedRuns(after: nil)
        #expect(deleted.items.map(\.id) == [run.id] && deleted.next == nil)
        #expect(deleted.items.first?.name == "away" && deleted.items.first?.experimentName == "e")
        if let time = deleted.items.first?.deletedAt, factory.name != "MLflowServer" {
            #expect(time == backend.clock.now)
        }
        for _ in 0..<2 { try await service.restoreRun(run.id) }
        try await replica.catchUp(with: service)
        #expect(Set(replica.runs.keys) == [kept.id, run.id])
        var after = try await service.details(of: run.id).run
        after.machineTags = before.machineTags
        #expect(after == before)
        #expect(try await service.deletedRuns(after: nil).items.isEmpty)
    }

    @Test("16. A run that is not there is not found", arguments: RunServiceFactory.all)
    func absent(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        guard service.capabilities.deleteRuns == .available else { return }
        let id = RunID("0123456789abcdef0123456789abcdef")
        #expect(await refusal { try await service.deleteRun(id) }?.code == .notFound)
        #expect(await refusal { try await service.restoreRun(id) }?.code == .notFound)
        if service.capabilities.purgeRuns == .available {
            #expect(await refusal { try await service.purgeRun(id) }?.code == .notFound)
        }
    }

    @Test("16. Only a deleted run can be purged, and what was below it stays", arguments: RunServiceFactory.all)
    func purging(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let parent = try await service.createRun(RunDraft(experimentName: "e", name: "parent"))
        if let reason = service.capabilities.purgeRuns.reason {
            let error = await refusal { try await service.purgeRun(parent.id) }
            #expect(error?.code == .unsupported && error?.message == reason)
            return
        }
        let child = try await service.createRun(RunDraft(experimentName: "e", name: "child", parentID: parent.id))
        let below = try await service.createRun(RunDraft(experimentName: "e", name: "below", parentID: child.id))
        try await service.appendLog(Array("words".utf8), named: LogFile.output, of: parent.id)
        try await service.logMetrics([MetricEntry(key: "m", value: .number(1))], to: parent.id)
        #expect(await refusal { try await service.purgeRun(parent.id) }?.code == .conflict)
        #expect(try await service.details(of: parent.id).run.name == "parent")
        try await service.deleteRun(parent.id)
        try await service.purgeRun(parent.id)
        #expect(try await service.deletedRuns(after: nil).items.isEmpty)
        #expect(await refusal { try await service.restoreRun(parent.id) }?.code == .notFound)
        let left = try await service.runs(in: .all, matching: nil, limit: 9)
        #expect(Set(left.map(\.id)) == [child.id, below.id])
        #expect(try await service.details(of: below.id).run.parentID == child.id)
        // An id may be used again, and nothing of the old run shows in the new one.
        guard let id = factory.id(parent.id.text) else { return }
        let again = try await service.createRun(RunDraft(id: id, experimentName: "e", name: "again"))
        let details = try await service.details(of: again.id)
        #expect(details.run.name == "again" && details.run.metrics.isEmpty && details.logs.isEmpty)
    }

    @Test("13. A read-only instance neither deletes nor purges", arguments: RunServiceFactory.all)
    func readOnly(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let run = try await backend.open().createRun(RunDraft(experimentName: "e"))
        let service = try await backend.open(readOnly: true)
        #expect(await refusal { try await service.deleteRun(run.id) }?.code == .unsupported)
        #expect(await refusal { try await service.restoreRun(run.id) }?.code == .unsupported)
        #expect(await refusal { try await service.purgeRun(run.id) }?.code == .unsupported)
        #expect(try await service.details(of: run.id).run.id == run.id)
    }
}
