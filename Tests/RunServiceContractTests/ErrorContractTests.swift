import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ErrorContractTests {
    @Test("12. What does not exist is notFound, never empty", arguments: RunServiceFactory.all)
    func notFound(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let nobody = RunID("nobody")
        let calls: [() async throws -> Any] = [
            { try await service.details(of: nobody) },
            { try await service.children(of: nobody, recursive: true, matching: nil) },
            { try await service.runs(in: .experiment(ExperimentID("none")), matching: nil, limit: 1) },
            { try await service.changes(in: .experiment(ExperimentID("none")), since: nil, pageSize: 1) },
            { try await service.readLog("output.log", of: nobody, offset: 0, length: 1) },
            { try await service.apply(.start, to: nobody, onBehalfOf: .lifecycle) },
            { try await service.cancel(nobody, includingDescendants: true) },
            { try await service.editTags([], of: nobody) },
            { try await service.rename(nobody, to: "n") },
            { try await service.addProperties(Properties(), to: nobody) },
            { try await service.logParams(Params(), to: nobody) },
            { try await service.logMetrics([], to: nobody) },
            { try await service.createRun(RunDraft(experimentName: "e", parentID: nobody)) },
            { try await service.attach(Stamps.elsewhere, to: nobody) },
            { try await service.heartbeat(of: nobody) },
            { try await service.detach(from: nobody, exit: nil, applying: .complete) },
            { try await service.appendLog([1], named: "output.log", of: nobody) },
        ]
        for (index, call) in calls.enumerated() {
            let error = await refusal(call)
            #expect(error?.code == .notFound, "call \(index)")
        }
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let error = await refusal { try await service.readLog("output.log", of: run.id, offset: 0, length: 1) }
        #expect(error?.code == .notFound)
    }

    @Test(
        "12. What cannot be stored is invalid, in a sentence without control characters",
        arguments: RunServiceFactory.all)
    func invalid(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        for key in ["", "two\nlines", "escape\u{1b}[31m", String(repeating: "k", count: 251)] {
            let calls: [() async throws -> Any] = [
                { try await service.editTags([.set(key: key, value: "v")], of: run.id) },
                { try await service.addProperties(Properties([(key, "v")]), to: run.id) },
                { try await service.logParams(Params([(key, "v")]), to: run.id) },
                { try await service.logMetrics([MetricEntry(key: key, value: .number(1))], to: run.id) },
                { try await service.createRun(RunDraft(id: RunID(key), experimentName: "e")) },
                { try await service.createRun(RunDraft(experimentName: key + key + key)) },
                { try await service.createRun(RunDraft(experimentName: "e", name: key)) },
                { try await service.rename(run.id, to: key) },
            ]
            for (index, call) in calls.enumerated() {
                let error = await refusal(call)
                #expect(error?.code == .invalid, "call \(index)")
                #expect(error?.message.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
            }
        }
        #expect(try await service.details(of: run.id).run == run)
        #expect(try await service.experiments().count == 1)
        let longest = String(repeating: "k", count: 250)
        #expect(try await service.editTags([.set(key: longest, value: "")], of: run.id).tags.keys == [longest])
    }

    @Test("13. A call without its capability is unsupported, for the declared reason", arguments: RunServiceFactory.all)
    func readOnly(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let run = try await backend.open().createRun(RunDraft(experimentName: "e"))
        let service = try await backend.open(readOnly: true)
        let reason = try #require(service.capabilities.changeStatus.reason)
        #expect(service.capabilities.editTags.reason == reason)
        #expect(service.capabilities.readLogs == .available)
        let calls: [() async throws -> Any] = [
            { try await service.createRun(RunDraft(experimentName: "e")) },
            { try await service.apply(.start, to: run.id, onBehalfOf: .person) },
            { try await service.cancel(run.id, includingDescendants: false) },
            { try await service.editTags([.delete(key: "k")], of: run.id) },
            { try await service.rename(run.id, to: "n") },
            { try await service.addProperties(Properties(), to: run.id) },
            { try await service.logParams(Params(), to: run.id) },
            { try await service.logMetrics([], to: run.id) },
            { try await service.attach(Stamps.elsewhere, to: run.id) },
            { try await service.heartbeat(of: run.id) },
            { try await service.detach(from: run.id, exit: nil, applying: .complete) },
            { try await service.appendLog([1], named: "output.log", of: run.id) },
        ]
        for (index, call) in calls.enumerated() {
            #expect(await refusal(call) == RunServiceError(.unsupported, reason), "call \(index)")
        }
        #expect(try await service.details(of: run.id).run == run)
        #expect(try await service.changes(in: .all, since: nil, pageSize: 9).runs == [run])
    }
}
