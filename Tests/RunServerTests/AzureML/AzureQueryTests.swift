import Foundation
import LocalStore
import TestSupport
import Testing

/// Listings of runs by Azure's protocol.
struct AzureQueryTests {
    @Test func `Filters find what they say`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun(
            "root", #""tags":{"quality":"fantastic run","alone":null},"properties":{"author":"me"}"#)
        try await azure.makeRun("child", #""parentRunId":"root","runType":"azureml.scriptrun""#)
        try await azure.makeRun("grand", #""parentRunId":"child","runTypeV2":{"orchestrator":"Local","traits":["x"]}"#)
        _ = try await azure.event("Start", of: "child")
        _ = try await azure.event("Failed", of: "child")
        let answers = [
            "(ParentRunId eq null)": ["root"],
            #"((Tags/quality eq "fantastic run") and (Properties/author eq "me") and (ParentRunId eq null))"#: ["root"],
            "(Tags/alone ne null or Tags/alone eq null)": ["root"],
            "(Tags/none ne null or Tags/none eq null)": [],
            "(Status eq Failed)": ["child"],
            "(RunType eq azureml.scriptrun or Properties/azureml.runsource eq azureml.scriptrun)": ["child"],
            "(RootRunId eq root and RunId ne root)": ["child", "grand"],
            "RunId eq root or RunId eq grand": ["root", "grand"],
            "(RunTypeV2/Traits/x ne null) or (RunTypeV2/Traits/x eq null)": ["grand"],
            "(RunTypeV2/Orchestrator eq Local)": ["grand"],
            #"(Tags/quality ne "fantastic run")"#: ["child", "grand"],
            "(CreatedUtc ge 2020-01-01T00:00:00Z)": ["root", "child", "grand"],
            "(CreatedUtc lt 2020-01-01T00:00:00Z)": [],
        ]
        for (filter, ids) in answers {
            #expect(try await azure.query(filter).ids.sorted() == ids.sorted(), "\(filter)")
        }
    }

    @Test func `Pages neither shift nor repeat`() async throws {
        let azure = try await AzureServer()
        for number in 0..<7 { try await azure.makeRun("r\(number)") }
        var found: [String] = []
        var token: String?
        repeat {
            let page = try await azure.query(nil, top: 3, token: token)
            found += page.ids
            token = page.next
            if found.count == 3 { try await azure.makeRun("later") }
        } while token != nil
        #expect(Set(found).count == found.count && Set(found).isSuperset(of: (0..<7).map { "r\($0)" }))
        let bad = try await azure.history(
            "POST", "experiments/e/runs:query", #"{"continuationToken":"made up"}"#)
        #expect(bad.status == 400)
        #expect(try await azure.history("POST", "experiments/none/runs:query", "{}").status == 404)
    }

    @Test(arguments: ["(", "Colour eq red", #"{"a":1}"#])
    func `What is no filter is refused in a sentence`(filter: String) async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a")
        let body = String(decoding: try JSONSerialization.data(withJSONObject: ["filter": filter]), as: UTF8.self)
        let answer = try await azure.history("POST", "experiments/e/runs:query", body)
        #expect(answer.status == 400)
        #expect(((answer.object["error"] as? [String: Any])?["message"] as? String)?.isEmpty == false)
    }

    @Test func `Experiments are made, found, renamed and archived`() async throws {
        let azure = try await AzureServer()
        #expect(try await azure.history("GET", "experiments/fresh").status == 404)
        let made = try await azure.history("POST", "experiments/fresh")
        let id = try #require(made.object["experimentId"] as? String)
        #expect(try await azure.history("POST", "experiments/fresh").object["experimentId"] as? String == id)
        let changed = try await azure.history(
            "PATCH", "experimentids/\(id)", #"{"name":"renamed","tags":{"k":"v"},"description":"note"}"#)
        #expect(changed.object["name"] as? String == "renamed" && changed.object["description"] as? String == "note")
        #expect((changed.object["tags"] as? [String: String]) == ["k": "v"])
        _ = try await azure.history("PATCH", "experimentids/\(id)", #"{"archive":true}"#)
        #expect(try await azure.history("GET", "experimentids/\(id)").object["archivedTime"] as? String != nil)
        let active = try await azure.history("POST", "experiments:query", #"{"viewType":"ActiveOnly"}"#).object
        let names = (active["value"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
        #expect(names?.contains("renamed") == false && names?.contains("Default") == true)
        let mlflow = try await azure.server.mlflow("GET", "experiments/get?experiment_id=\(id)")
        #expect((mlflow["experiment"] as? [String: Any])?["lifecycle_stage"] as? String == "deleted")
    }
}
