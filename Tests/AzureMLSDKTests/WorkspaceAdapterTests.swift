import AzureMLService
import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// Our adapter beside the real azureml-core, both on one server.
struct WorkspaceAdapterTests {
    private func adapter(_ server: ServedStore) throws -> AzureMLWorkspace {
        AzureMLWorkspace(try .onServer(server)) {
            Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        }
    }

    @Test func `what the SDK writes is shown`() async throws {
        let server = try await ServedStore()
        let found = try await AzureClient().run("azureml_article.py", on: server)
        let ids = try #require(found["ids"] as? [String: String])
        let service = try adapter(server)
        let notebook = try await service.details(of: RunID(try #require(ids["notebook"]))).run
        #expect(notebook.status == .completed && notebook.name == "a name" && notebook.experimentName == "explore-runs")
        #expect(notebook.tags.value(forKey: "quality") == "fantastic run")
        #expect(notebook.tags.value(forKey: RunEdit.descriptionTag) == "a note")
        #expect(notebook.properties.value(forKey: "author") == "azureml-user")
        #expect(notebook.metrics.value(forKey: "message")?.value == .text("Hello from run!"))
        #expect(!notebook.user.isEmpty && notebook.number != nil)
        #expect(try await service.details(of: RunID(try #require(ids["cancelled"]))).run.status == .canceled)
        let children = try await service.children(
            of: RunID(try #require(ids["parent"])), recursive: true, matching: nil)
        #expect(children.count == 8)
        let pushed = try Filter.parse("tags.quality=\"fantastic run\" properties.author=azureml-user")
        #expect(try await service.runs(in: .all, matching: pushed, limit: 9).map(\.id) == [notebook.id])
    }

    @Test func `metrics and files of the SDK are shown`() async throws {
        let server = try await ServedStore()
        let found = try await AzureClient().run("azureml_metrics.py", on: server)
        let service = try adapter(server)
        let id = RunID(try #require(found["id"] as? String))
        let details = try await service.details(of: id)
        let metrics = details.run.metrics
        #expect(metrics.value(forKey: "loss")?.value == .number(0.5))
        #expect(metrics.value(forKey: "text")?.value == .text("Hello"))
        #expect(metrics.value(forKey: "nan")?.value == .number(.nan))
        #expect(metrics.value(forKey: "inf")?.value == .number(-.infinity))
        #expect(metrics.value(forKey: "row/y")?.value == .number(3.5))
        #expect(metrics.value(forKey: "table/b")?.value == .text("y"))
        #expect(!metrics.contains("image"))
        func values(_ metric: String) async throws -> [MetricValue] {
            try await service.metricSeries(for: [MetricSeriesKey(run: id, metric: metric)], maxPoints: 100)
                .first?.points.map(\.value) ?? []
        }
        #expect(try await values("loss") == [.number(1), .number(0.5)])
        #expect(try await values("fib") == [0, 1, 1, 2].map { .number($0) })
        #expect(try await values("row/x") == [.number(1), .number(2)])
        #expect(try await values("table/b") == [.text("x"), .text("y")])
        let top = try await service.artifacts(in: nil, of: id, after: nil).items
        #expect(top.contains { $0.path == "kept" && $0.isFolder })
        let kept = try await service.artifacts(in: "kept/below", of: id, after: nil).items
        #expect(kept.map(\.path) == ["kept/below/small ü.txt"])
        let small = try await service.readLog("kept/below/small ü.txt", of: id, offset: 1, length: 3)
        #expect(small.bytes == Array("mal".utf8) && small.size == 5)
    }

    @Test func `what the adapter writes is read by the SDK`() async throws {
        let server = try await ServedStore()
        let service = try adapter(server)
        let run = try await service.createRun(
            RunDraft(
                experimentName: "explore-runs", name: "from runwatch",
                tags: Tags([("quality", "fantastic run"), ("worth another look", nil)]),
                properties: Properties([("author", "ana")])))
        let child = try await service.createRun(
            RunDraft(experimentName: "explore-runs", name: "child", parentID: run.id))
        try await service.createRun(RunDraft(experimentName: "explore-runs", name: "below", parentID: child.id))
        try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        var edit = RunEdit(metrics: [
            MetricEntry(key: "loss", value: .number(0.5)), MetricEntry(key: "loss", value: .number(0.25)),
            MetricEntry(key: "message", value: .text("Hello")),
        ])
        edit.setDescription("a note")
        try await service.edit(run.id, edit)
        try await service.appendLog(Array("epoch 1\n".utf8), named: LogFile.output, of: run.id)
        _ = try await service.publishLogs(of: run.id, isFinal: true)
        try await service.apply(
            .fail(RunFailure(code: "BadScript", message: "wrong script")), to: run.id, onBehalfOf: .person)
        let found = try await AzureClient().run("azureml_reads.py", on: server, [run.id.text])
        #expect(found["status"] as? String == "Failed" && found["name"] as? String == "from runwatch")
        #expect(found["experiment"] as? String == "explore-runs" && found["description"] as? String == "a note")
        let tags = try #require(found["tags"] as? [String: Any])
        #expect(tags["quality"] as? String == "fantastic run" && tags["worth another look"] is NSNull)
        #expect((found["properties"] as? [String: Any])?["author"] as? String == "ana")
        let metrics = try #require(found["metrics"] as? [String: Any])
        #expect(metrics["loss"] as? [Double] == [0.5, 0.25] && metrics["message"] as? String == "Hello")
        #expect(found["children"] as? [String] == ["below", "child"])
        #expect((found["files"] as? [String])?.contains("user_logs/std_log.txt") == true)
        let error = (found["error"] as? [String: Any])?["error"] as? [String: Any]
        #expect(error?["code"] as? String == "BadScript" && error?["message"] as? String == "wrong script")
    }
}
