import AzureMLService
import Foundation
import RunExecution
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

    private func request(_ arguments: [String], in place: TemporaryDirectory) throws -> ExecutionRequest {
        let python = PythonScript(environment: "azure-venv", requirements: "azureml-requirements.txt")
        return ExecutionRequest(
            command: [try python.checkedExecutable().path, PythonScript.fixture("azureml_context.py")] + arguments,
            draft: RunDraft(experimentName: "explore-runs", name: "training"),
            environment: ["HOME": place.path, "AZUREML_CURRENT_CLOUD": "AzureCloud"], grace: 3_000, isAttached: false)
    }

    @Test func `a command finds its run by the SDK, and its log is an artifact`() async throws {
        let server = try await ServedStore()
        let service = try adapter(server)
        let place = try TemporaryDirectory()
        let outcome = try await CommandSupervisor(service: service, request: try request([], in: place)).run()
        let details = try await adapter(server).details(of: outcome.run)
        #expect(details.run.status == .completed, "\(details.run.failure?.message ?? "")")
        #expect(details.run.tags.value(forKey: "seen") == "yes")
        #expect(details.run.metrics.value(forKey: "loss")?.value == .number(0.25))
        #expect(details.supervisor?.exit == .status(0))
        let log = try #require(details.commandLog)
        #expect(log.name == "user_logs/std_log.txt")
        let text = try await service.readLog(log.name, of: outcome.run, offset: 0, length: 100_000).bytes
        #expect(String(decoding: text, as: UTF8.self).contains("run \(outcome.run.text) of explore-runs"))
    }

    @Test(arguments: [true, false]) func `a cancel ends the command, whoever asks`(_ isAsked: Bool) async throws {
        let server = try await ServedStore()
        let service = try adapter(server)
        let place = try TemporaryDirectory()
        let request = try request(["600"], in: place)
        async let ending = CommandSupervisor(service: service, request: request).run()
        let other = try adapter(server)
        let running = try await eventually("the script runs") {
            try await other.runs(in: .all, matching: try Filter.parse("tags.seen=yes"), limit: 1).first
        }
        if isAsked {
            #expect(try await other.cancel(running.id, includingDescendants: false).map(\.status) == [.cancelRequested])
        } else {
            // As the SDK and the studio do it.
            _ = try await server.ask(
                "POST", "/history/v1.0\(WorkspaceAddress.ofTests().scope)/runs/\(running.id.text)/events",
                #"{"name":"Microsoft.MachineLearning.Run.Canceled","data":{"RunId":"\#(running.id.text)"}}"#)
        }
        let outcome = try await ending
        #expect(outcome.run == running.id)
        #expect(try await other.details(of: running.id).run.status == .canceled)
    }
}
