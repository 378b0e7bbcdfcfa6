import Foundation
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// MLflow's own client, which must be told to, and runwatch read in `mlruns` what the other one wrote.
@Suite struct FileReadBackTests {
    @Test func `what MLflow wrote`() async throws {
        let stage = try await FileStage()
        let content = try #require(try await MLflowStores.read(["file://\(stage.root)"]).first)
        // Without the one deleted and the one in a deleted experiment.
        try #require(content.runs.count == 10)
        try await MLflowComparison.check(stage.service, content)
        let keys = try #require(try await stage.run(named: "keys"))
        #expect(keys.metrics.keys == ["a b-c.d", "val/acc", "val/deep/er"])
        #expect(keys.params.keys == ["empty", "lines", "model/layers"])
        #expect(Set(keys.tags.keys) == ["empty", "größe", "team/name"])
        let root = try #require(try await stage.run(named: "root"))
        let below = try await stage.service.children(of: root.id, recursive: true, matching: nil)
        #expect(Set(below.map(\.name)) == ["child", "grandchild", "elsewhere"])
        let names = try await stage.service.experiments().map(\.name)
        #expect(names.sorted() == ["Default", "first", "sécond / 日本"])
    }

    @Test func `what runwatch wrote`() async throws {
        let stage = try await FileStage()
        let before = Set(stage.names())
        let scenario = try await MLflowScenario(on: stage.service, stage.clock)
        // Also into a run that MLflow's client made.
        let theirs = try #require(try await stage.run(named: "child"))
        try await stage.service.rename(theirs.id, to: "renamed: 'child'")
        try await stage.service.cancel(theirs.id, includingDescendants: false)
        let content = try #require(try await MLflowStores.read([stage.service.address]).first)
        try scenario.check(content)
        try await MLflowComparison.check(stage.service, content)
        #expect(content.runs[theirs.id.text]?.name == "renamed: 'child'")
        #expect(content.runs[theirs.id.text]?.status == "KILLED")
        #expect(content.runs[theirs.id.text]?.end == stage.clock.now.milliseconds)
        // Nothing is left beside what MLflow itself would have made.
        let kinds: Set<String> = ["meta.yaml", "artifacts", "metrics", "params", "tags"]
        for name in Set(stage.names()).subtracting(before) {
            let parts = name.split(separator: "/")
            #expect(parts.count < 3 || kinds.contains(String(parts[2])) || parts[1] == "meta.yaml", "\(name)")
            #expect(!name.contains("runwatch-"), "\(name)")
        }
    }
}
