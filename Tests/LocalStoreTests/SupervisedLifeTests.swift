import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct SupervisedLifeTests {
    @Test func aSupervisedRunFromCreationToDetach() async throws {
        let directory = try TemporaryDirectory()
        let store = try await LocalStore.open(at: directory.path)
        let watcher = try await LocalStore.open(at: directory.path)
        let first = try await watcher.changes(in: .all, since: nil, pageSize: 10)
        let run = try await store.createRun(
            RunDraft(experimentName: "e", source: RunSource(command: ["a \"b\""], directory: "/", host: "h")))
        try await store.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        let second = try await watcher.changes(in: .all, since: first.cursor, pageSize: 10)
        #expect(second.runs.map(\.status) == [.running])
        #expect(second.experiments.first?.counts == StatusCounts([.running: 1]))
        try await store.appendLog(Array("hello\n".utf8), named: "output.log", of: run.id)
        let chunk = try await watcher.readLog("output.log", of: run.id, offset: -3, length: 10)
        #expect(chunk == LogChunk(offset: 3, bytes: Array("lo\n".utf8), size: 6))
        let details = try await watcher.details(of: run.id)
        #expect(details.source?.command == ["a \"b\""])
        #expect(details.logs == [LogFile(name: "output.log", size: 6, isCommandOutput: true)])
        #expect(try await store.runs(in: .all, matching: nil, limit: 5).map(\.id) == [run.id])
    }
}
