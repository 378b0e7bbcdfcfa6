import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// The README's “With Azure ML's SDK”, run as it stands there.
struct ReadmeTests {
    @Test func `What it shows for Azure's client works as it stands there`() async throws {
        let server = try await ServedStore()
        let section = try #require(try ReadmeSection("With Azure ML's SDK"))
        let script = section.blocks.filter { $0.language == "python" }.map(\.text).joined()
            .replacing("http://127.0.0.1:5000", with: server.address)
        try #require(script.contains("use_azureml") && script.contains("start_logging"))
        let client = try AzureClient()
        let path = client.path + "/train.py"
        try (script + "print('{}')\n").write(toFile: path, atomically: true, encoding: .utf8)
        _ = try await client.run(path, on: server)
        let run = try #require(try await server.store.runs(in: .all, matching: nil, limit: 5).first)
        #expect(run.status == .completed && run.experimentName == "explore-runs")
        #expect(run.tags.value(forKey: "quality") == "great run")
        #expect(run.metrics.value(forKey: "loss")?.value == .number(0.05))
        let files = try await server.store.artifacts(in: "outputs", of: run.id, after: nil).items
        #expect(files.map(\.path) == ["outputs/train.py"])
    }
}
