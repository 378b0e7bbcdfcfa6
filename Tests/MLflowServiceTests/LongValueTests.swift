import MLflowService
import RemotePolling
import RunModel
import RunServices
import TestSupport
import Testing

/// MLflow cuts long values off without a word, which would make what was written once differ from what is there.
struct LongValueTests {
    @Test func `what the server would cut off is refused before anything is written`() async throws {
        let server = try await MLflowTrackingServer.shared()
        let connection = try MLflowConnection(
            uri: server.address, environment: ["MLFLOW_WORKSPACE": try await server.makeWorkspace()])
        let clock = TestClock()
        let service = try MLflowServer(connection, settings: .patient) { clock.now }
        let long = String(repeating: "ä", count: 8_000)
        let fits = String(long.prefix(6_000))
        let run = try await service.createRun(
            RunDraft(
                experimentName: "e", tags: Tags([("k", long)]), properties: Properties([("p", long)]),
                params: Params([("q", fits)])))
        let other = try MLflowServer(connection, settings: .patient) { clock.now }
        let read = try await other.details(of: run.id).run
        #expect(read == run)
        #expect(read.tags.value(forKey: "k") == long)
        #expect(read.params.value(forKey: "q") == fits)

        let calls: [() async throws -> Run] = [
            { try await service.editTags([.set(key: "k", value: long + "!")], of: run.id) },
            { try await service.addProperties(Properties([("r", long + "!")]), to: run.id) },
            { try await service.logParams(Params([("s", fits + "!")]), to: run.id) },
            { try await service.createRun(RunDraft(experimentName: "f", params: Params([("s", fits + "!")]))) },
            { try await service.createRun(RunDraft(experimentName: "f", tags: Tags([("s", long + "!")]))) },
        ]
        for call in calls {
            let error = await refusal(call)
            #expect(error?.code == .invalid)
            #expect(error?.message.contains("too long") == true)
        }
        #expect(try await other.details(of: run.id).run == read)
        #expect(try await other.experiments().map(\.name) == ["e"])
    }
}
