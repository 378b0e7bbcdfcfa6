import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// "Start, monitor, and cancel training runs in Python", snippet by snippet, with the real azureml-core.
struct ArticleTests {
    @Test func `Every snippet of the article runs`() async throws {
        let server = try await ServedStore()
        let found = try await AzureClient().run("azureml_article.py", on: server)
        #expect(found["workspace"] as? String == "space")
        #expect(found["started"] as? String == "Running")
        #expect(found["completed"] as? String == "Completed")
        #expect(found["message"] as? [String: String] == ["message": "Hello from run!"])
        #expect(found["inside"] as? String == "Running")
        #expect(found["after"] as? String == "Completed")
        #expect(
            found["log"] as? [String] == ["logs/azureml/azureml.log", "logs/user_log.txt"]
                || (found["log"] as? [String])?.contains("logs/user_log.txt") == true)
        #expect(found["cancelled"] as? String == "Canceled")
        #expect(found["corrected"] as? String == "Failed")
        let details = try #require(found["details"] as? [String: Any])
        #expect(details["status"] as? String == "Running" && details["id"] as? Bool == true)
        #expect((details["by"] as? String)?.isEmpty == false)
        let failed = try #require(found["failed"] as? [Any])
        #expect(failed[0] as? String == "Failed")
        let error = try #require(failed[1] as? [String: Any])
        #expect(error["code"] as? String == "BadScript" && error["message"] as? String == "Wrong script.")
        #expect(found["broken"] as? [String] == ["Failed", "User program failed with ValueError: boom"])
        try checkChildren(try #require(found["children"] as? [String: Any]))
        try checkTags(found)
        try await checkStore(server, found)
    }

    private func checkChildren(_ found: [String: Any]) throws {
        #expect(found["direct"] as? Int == 7)
        #expect(found["recursive"] as? Int == 8)
        #expect(found["tagged"] as? [Bool] == [true])
        #expect(found["tagged, recursive"] as? [Bool] == [true])
        #expect(found["by property"] as? [Bool] == [true])
        // The three of the batch were started by the client and never ended.
        #expect(found["not started"] as? Int == 0)
        #expect(found["parent"] as? Bool == true)
    }

    private func checkTags(_ found: [String: Any]) throws {
        #expect(found["properties"] as? String == "azureml-user")
        let refusal = try #require(found["immutable"] as? [Any])
        #expect(refusal[0] as? String == "ServiceException" && refusal[1] as? Int == 400)
        let sentence = try #require(refusal[2] as? String)
        for part in ["author", "azureml-user", "different-user"] { #expect(sentence.contains(part)) }
        let tags = try #require(found["tags"] as? [[String: Any]])
        #expect(tags[0]["quality"] as? String == "great run" && tags[0].count == 1)
        #expect(tags[1]["quality"] as? String == "fantastic run" && tags[1].count == 1)
        #expect(tags[2]["worth another look"] is NSNull && tags[2].count == 2)
        #expect(tags[3].count == 1)
        let queries = try #require(found["queries"] as? [Any])
        #expect(queries[0] as? [Bool] == [true] && queries[1] as? [Bool] == [true])
        #expect(queries[2] as? Int == 0)
        #expect(queries[3] as? [String] == ["Failed", "Failed", "Failed"])
        #expect(found["again"] as? [String] == ["a name", "a note", "explore-runs"])
    }

    /// What came by Azure's protocol is what the dashboard's service tells, and what MLflow's protocol answers.
    private func checkStore(_ server: ServedStore, _ found: [String: Any]) async throws {
        let ids = try #require(found["ids"] as? [String: String])
        let id = RunID(try #require(ids["notebook"]))
        let run = try await server.store.details(of: id).run
        #expect(run.status == .completed && run.name == "a name")
        #expect(run.tags.value(forKey: "quality") == "fantastic run")
        #expect(run.tags.value(forKey: RunEdit.descriptionTag) == "a note")
        #expect(run.properties.value(forKey: "author") == "azureml-user")
        #expect(run.metrics.value(forKey: "message")?.value == .text("Hello from run!"))
        #expect(run.user == details(found)?["by"] as? String)
        let cancelled = try await server.store.details(of: RunID(try #require(ids["cancelled"]))).run
        #expect(cancelled.status == .canceled && cancelled.endedAt != nil)
        let parent = RunID(try #require(ids["parent"]))
        let children = try await server.store.children(of: parent, recursive: true, matching: nil)
        #expect(children.count == 8 && children.allSatisfy { $0.rootID == parent })
        #expect(children.contains { $0.name == "grandchild" })
        let answer = try await server.mlflow("GET", "runs/get?run_id=\(id.text)")
        let info = (answer["run"] as? [String: Any])?["info"] as? [String: Any]
        #expect(info?["status"] as? String == "FINISHED" && info?["run_name"] as? String == "a name")
        let log = try await server.store.openArtifact(
            "logs/user_log.txt", under: .run(RunID(try #require(ids["with"]))))
        let text = String(decoding: try await log.read(from: 0, length: 10_000), as: UTF8.self)
        #expect(!text.isEmpty)
    }

    private func details(_ found: [String: Any]) -> [String: Any]? { found["details"] as? [String: Any] }
}
