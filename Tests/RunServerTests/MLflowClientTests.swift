import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// MLflow's own Python client against our server: what a script logs is what it finds, and what the store has.
struct MLflowClientTests {
    @Test func `A script that uses MLflow logs to it unchanged`() async throws {
        let server = try await ServedStore()
        let output = try await MLflowPython.run("served_client.py", [server.address], environment: Self.quiet)
        let line = try #require(output.split(separator: UInt8(ascii: "\n")).last)
        let found = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: [String: Any]])
        try await checkFluent(try #require(found["fluent"]), server)
        checkBatches(try #require(found["batches"]))
        checkSearches(try #require(found["searches"]))
        try await checkArtifacts(try #require(found["artifacts"]), server)
        checkModels(try #require(found["models"]))
    }

    /// Without what MLflow's client does besides: usage reports, waits for servers that are gone.
    static let quiet = [
        "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
        "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    ]

    private func checkFluent(_ found: [String: Any], _ server: ServedStore) async throws {
        #expect(found["status"] as? String == "FINISHED")
        #expect(found["ended"] as? Bool == true)
        #expect(found["name"] as? String == "parent")
        #expect(found["description"] as? String == "a sweep")
        #expect(found["tags"] as? [String: String] == ["quality": "fine", "note": "über"])
        #expect(found["params"] as? [String: String] == ["depth": "3", "lr": "0.1", "layers": "[1, 2]"])
        #expect(found["metrics"] as? [String: String] == ["loss": "0.2", "acc": "0.5", "nan": "nan", "inf": "inf"])
        #expect(
            found["history"] as? [[Double]] == [[0, 1], [1, 0.5], [2, 0.333], [3, 0.25], [4, 0.2]])
        #expect(found["children"] as? [String] == ["child 0", "child 1"])
        #expect(found["broken"] as? String == "FAILED")
        // The same run as the dashboard on the store sees it.
        let id = RunID(try #require(found["id"] as? String))
        let run = try await server.store.details(of: id).run
        #expect(run.status == .completed && run.name == "parent" && run.experimentName == "fluent")
        #expect(run.tags.value(forKey: "quality") == "fine")
        let children = try await server.store.children(of: id, recursive: true, matching: nil)
        #expect(Set(children.map(\.name)) == ["child 0", "child 1"])
    }

    private func checkBatches(_ found: [String: Any]) {
        #expect(found["points"] as? Int == 1_000)
        #expect(found["latest"] as? Double == 499.5)
        let refusal = found["refusal"] as? String ?? ""
        #expect(refusal.contains("Changing param values is not allowed. Param with key='p' was already logged"))
        #expect(found["tags"] as? [String: String] == ["team": "red"])
    }

    private func checkSearches(_ found: [String: Any]) {
        let pages = [["run 6", "run 5", "run 4"], ["run 3", "run 2", "run 1"], ["run 0"]]
        #expect(found["pages"] as? [[String]] == pages)
        #expect(found["good"] as? [String] == ["run 2", "run 4"])
        #expect(found["deleted"] as? [String] == ["run 2"])
        #expect(found["stage"] as? String == "deleted")
        #expect(found["left"] as? Int == 7)
        #expect(found["renamed"] as? Bool == true)
        #expect(found["found"] as? [String] == ["searched"])
        #expect(found["frame"] as? Int == 7)
    }

    private func checkArtifacts(_ found: [String: Any], _ server: ServedStore) async throws {
        let listed = try #require(found["listed"] as? [String: Any])
        #expect(Set(listed.keys) == ["config.json", "data", "notes", "parts"])
        #expect(found["notes"] as? [String] == ["notes/a b.txt"])
        #expect(found["text"] as? String == "hello")
        #expect(found["whole"] as? [String: Bool] == ["data": true, "parts": true])
        let id = RunID(try #require(found["id"] as? String))
        let seen = try await server.store.artifacts(in: "notes", of: id, after: nil).items
        #expect(seen.map(\.path) == ["notes/a b.txt"])
    }

    private func checkModels(_ found: [String: Any]) {
        #expect(found["params"] as? Bool == true)
        #expect(found["metrics"] as? Bool == true)
        #expect(found["predictions"] as? [Int] == [0, 1, 1, 0])
        #expect(found["dataset"] as? [String] == ["points"])
        #expect(found["outputs"] as? Bool == true)
        #expect(found["logged"] as? Int == 2)
        #expect(found["status"] as? String == "READY")
    }
}
