import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// Runs by Azure's protocol, in plain HTTP.
struct AzureRunTests {
    @Test func `A patch makes a run, and changes it`() async throws {
        let azure = try await AzureServer()
        let made = try await azure.makeRun(
            "a", #""tags":{"k":"v","alone":null},"properties":{"p":"1"},"target":"local""#)
        #expect(made.status == 200)
        #expect(made.object["status"] as? String == "NotStarted" && made.object["runNumber"] as? Int == 1)
        #expect(made.object["rootRunId"] as? String == "a" && made.object["dataContainerId"] as? String == "dcid.a")
        let changed = try await azure.makeRun("a", #""tags":{"k":"w"},"description":"note","displayName":"named""#)
        let tags = try #require(changed.object["tags"] as? [String: Any])
        #expect(tags["k"] as? String == "w" && tags["alone"] is NSNull && tags.count == 2)
        #expect(changed.object["description"] as? String == "note")
        #expect(changed.object["displayName"] as? String == "named")
        #expect((changed.object["properties"] as? [String: String]) == ["p": "1"])
        let cleared = try await azure.history("DELETE", "experiments/e/runs/a/tags", #"["k"]"#)
        #expect((cleared.object["tags"] as? [String: Any])?.keys.sorted() == ["alone"])
    }

    @Test func `A run is found by its experiment's name and id, and by itself`() async throws {
        let azure = try await AzureServer()
        let id = try #require(try await azure.makeRun("a").object["experimentId"] as? String)
        for path in ["experiments/e/runs/a", "experimentids/\(id)/runs/a", "runs/a", "experiments/e/runs/a/details"] {
            #expect(try await azure.history("GET", path).object["runId"] as? String == "a", "\(path)")
        }
        for path in ["experiments/other/runs/a", "experimentids/999/runs/a", "runs/none", "experiments/e/runs/none"] {
            let answer = try await azure.history("GET", path)
            #expect(answer.status == 404, "\(path)")
            let error = try #require(answer.object["error"] as? [String: Any])
            #expect(error["code"] as? String == "UserError" && error["details"] as? [String] == [])
            #expect((error["innerError"] as? [String: Any])?["code"] as? String == "NotFoundError")
            #expect(answer.object["componentName"] as? String == "run-history")
        }
    }

    @Test func `A property keeps its value, and nothing of the refused call is kept`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a", #""properties":{"p":"1"}"#)
        #expect(try await azure.makeRun("a", #""properties":{"p":"1"}"#).status == 200)
        let refused = try await azure.makeRun("a", #""properties":{"q":"2","p":"3"},"tags":{"t":"x"}"#)
        #expect(refused.status == 400)
        let error = try #require(refused.object["error"] as? [String: Any])
        #expect((error["innerError"] as? [String: Any])?["code"] as? String == "ImmutableError")
        let run = try await azure.history("GET", "runs/a").object
        #expect(
            (run["properties"] as? [String: String]) == ["p": "1"] && (run["tags"] as? [String: Any])?.isEmpty == true)
    }

    @Test func `Events move a run along, and late ones change nothing`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        #expect(try await azure.event("Start", of: "a").status == 200)
        #expect(try await azure.status(of: "a") == "Running")
        _ = try await azure.event("Completed", of: "a")
        for late in ["Start", "Canceled", "CancelRequested", "Heartbeat", "Unheard"] {
            #expect(try await azure.event(late, of: "a").status == 200, "\(late)")
            #expect(try await azure.status(of: "a") == "Completed", "\(late)")
        }
        #expect(try await azure.event("Start", of: "none").status == 404)
    }

    @Test func `An error that is told before the failure stays with it`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        _ = try await azure.event("Start", of: "a")
        _ = try await azure.event(
            "Error", of: "a", #"{"ErrorResponse":{"error":{"code":"BadScript","message":"wrong"}}}"#)
        #expect(try await azure.status(of: "a") == "Running")
        _ = try await azure.event("Warning", of: "a", #"{"Source":"me","Message":"careful"}"#)
        _ = try await azure.event("Failed", of: "a")
        let details = try await azure.history("GET", "experiments/e/runs/a/details").object
        let error = (details["error"] as? [String: Any])?["error"] as? [String: Any]
        #expect(error?["code"] as? String == "BadScript" && error?["message"] as? String == "wrong")
        let warning = try #require((details["warnings"] as? [[String: String]])?.first)
        #expect(warning == ["source": "me", "message": "careful"])
        let run = try await azure.server.store.details(of: RunID("a")).run
        #expect(run.failure == RunFailure(code: "BadScript", message: "wrong"))
    }

    @Test func `A batch is made whole or not at all`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("p")
        let made = try await azure.history(
            "PATCH", "experiments/e/batch/runs",
            #"{"runs":[{"runId":"c1","parentRunId":"p"},{"runId":"c2","parentRunId":"c1","tags":{"fold":"1"}}]}"#)
        #expect((made.object["runs"] as? [String: Any])?.keys.sorted() == ["c1", "c2"])
        let refused = try await azure.history(
            "PATCH", "experiments/e/batch/runs",
            #"{"runs":[{"runId":"c3","parentRunId":"p"},{"runId":"c4","parentRunId":"none"}]}"#)
        #expect(refused.status == 404)
        #expect(try await azure.history("GET", "runs/c3").status == 404)
        let events = try await azure.history(
            "POST", "experiments/e/batch/events",
            #"{"events":[{"name":"Microsoft.MachineLearning.Run.Start","data":{"RunId":"c1"}},{"name":"Microsoft.MachineLearning.Run.Start","data":{"RunId":"none"}}]}"#
        )
        #expect((events.object["errors"] as? [Any])?.count == 1)
        #expect(try await azure.status(of: "c1") == "Running")
        let children = try await azure.history("GET", "experiments/e/runs/p/children?$top=500").object
        #expect((children["value"] as? [[String: Any]])?.map { $0["runId"] as? String } == ["c1"])
    }

    @Test(arguments: [
        "{", "[]", "null", #"{"tags":5}"#, #"{"status":["Running"]}"#, #"{"startTimeUtc":"yesterday"}"#,
        #"{"tags":{"a":{"b":1}}}"#,
    ])
    func `A body that is none is refused with a place`(body: String) async throws {
        let azure = try await AzureServer()
        let answer = try await azure.history("PATCH", "experiments/e/runs/a", body)
        #expect(answer.status == 400)
        #expect((answer.object["error"] as? [String: Any])?["code"] as? String == "UserError")
        #expect(try await azure.history("GET", "runs/a").status == 404)
    }
}
