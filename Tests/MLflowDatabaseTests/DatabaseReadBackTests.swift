import GRDB
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// MLflow's own client and runwatch read in `mlflow.db` what the other one wrote.
@Suite struct DatabaseReadBackTests {
    @Test func `what MLflow wrote`() async throws {
        let path = try await MLflowStores.directory() + "/mlflow.db"
        let content = try #require(try await MLflowStores.read(["sqlite:///\(path)"]).first)
        // Eleven, without the one deleted and the one in a deleted experiment.
        try #require(content.runs.count == 10)
        let service = try MLflowDatabase(at: path) { TestClock().now }
        try await MLflowComparison.check(service, content)
        let runs = try await service.runs(in: .all, matching: nil, limit: 100)
        let root = try #require(runs.first { $0.name == "root" })
        let below = try await service.children(of: root.id, recursive: true, matching: nil)
        #expect(Set(below.map(\.name)) == ["child", "grandchild", "elsewhere"])
        #expect(below.allSatisfy { $0.rootID == root.id })
        let details = try await service.details(of: root.id)
        #expect(details.logs.map(\.name) == ["logs/train.log", "config.json"])
        let log = try await service.readLog("logs/train.log", of: root.id, offset: 0, length: 100)
        #expect(String(decoding: log.bytes, as: UTF8.self) == "step 1\nstep 2\n")
    }

    @Test func `what runwatch wrote, the schema as it was`() async throws {
        let backend = try await RunServiceFactory.mlflowDatabase.makeBackend()
        let service = try await backend.open()
        let before = try await DatabaseSchema(of: service)
        let scenario = try await MLflowScenario(on: service, backend.clock)
        #expect(try await DatabaseSchema(of: service) == before)
        let content = try #require(try await MLflowStores.read([service.address]).first)
        try scenario.check(content)
        try await MLflowComparison.check(service, content)
        #expect(try await DatabaseSchema(of: service) == before)
    }
}
