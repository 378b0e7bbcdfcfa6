import Foundation
import LocalStore
import RunModel
import TestSupport
import Testing

@testable import RunServer

/// How clients find the server, and MLflow's protocol below a workspace.
struct AzureWorkspaceTests {
    @Test func `Discovery and the workspace say where the server is as the client reached it`() async throws {
        let azure = try await AzureServer()
        let port = azure.server.port
        let discovery = try await azure.server.ask("GET", "/discovery", headers: [("Host", "localhost:\(port)")])
        for key in ["api", "experimentation", "history", "hyperdrive", "modelmanagement", "studio"] {
            #expect(discovery.object[key] as? String == "http://localhost:\(port)", "\(key)")
        }
        for path in [AzureServer.scope, "/rp/workspaces" + AzureServer.scope] {
            let workspace = try await azure.server.ask("GET", path + "?api-version=2022-05-01").object
            #expect(workspace["name"] as? String == "w" && workspace["id"] as? String == AzureServer.scope)
            let properties = try #require(workspace["properties"] as? [String: Any])
            #expect(properties["discoveryUrl"] as? String == "http://127.0.0.1:\(port)/discovery")
            #expect(UUID(uuidString: properties["workspaceId"] as? String ?? "") != nil)
        }
    }

    @Test func `Workspaces have ids that stay`() {
        let scope = AzureScope(subscription: "s", group: "g", workspace: "w")
        let id = AzureMLRoutes.workspaceID(of: scope, at: "http://a")
        #expect(AzureMLRoutes.workspaceID(of: scope, at: "http://a") == id)
        #expect(AzureMLRoutes.workspaceID(of: scope, at: "http://b") != id)
    }

    @Test func `MLflow's protocol is there below the workspace`() async throws {
        let azure = try await AzureServer()
        try await azure.makeRun("a", #""tags":{"k":"v"},"properties":{"p":"1"}"#)
        for version in ["v1.0", "v2.0"] {
            let base = "/mlflow/\(version)\(AzureServer.scope)/api/2.0/mlflow"
            let run = try await azure.server.ask("GET", base + "/runs/get?run_id=a")
            #expect(((run.object["run"] as? [String: Any])?["info"] as? [String: Any])?["run_id"] as? String == "a")
            let missing = try await azure.server.ask("GET", base + "/runs/get?run_id=none")
            #expect(missing.status == 404 && missing.fault.code == "RESOURCE_DOES_NOT_EXIST")
        }
    }

    @Test func `What there is not is not found in Azure's words`() async throws {
        let azure = try await AzureServer()
        for path in ["history/v1.0/nothing", "metric/v2.0/nothing", "execution/v1.0/x"] {
            let answer = try await azure.server.ask("GET", "/" + path)
            #expect(answer.status == 404 && answer.object["error"] != nil, "\(path)")
        }
        let remote = try await azure.ask("POST", "execution/v1.0", "experiments/e/snapshotrun?runId=x", "{}")
        #expect(remote.status == 400 && remote.text.contains("local"))
    }

    @Test func `A token that only reads asks, and changes nothing`() async throws {
        let server = try await ServedStore { $0.tokens = AccessTokens(write: "writing-token", read: "reading-token") }
        let ask = { (method: String, path: String, token: String) in
            try await server.ask(
                method, "/history/v1.0\(AzureServer.scope)/\(path)", "{}",
                headers: [("Authorization", "Bearer \(AzureToken.dressed(token, for: "ana", until: .latest))")])
        }
        #expect(try await ask("PATCH", "experiments/e/runs/a", "writing-token").status == 200)
        #expect(try await ask("GET", "runs/a", "reading-token").object["userId"] as? String == "ana")
        #expect(try await ask("POST", "experiments/e/runs:query", "reading-token").status == 200)
        #expect(try await ask("PATCH", "experiments/e/runs/b", "reading-token").status == 403)
        #expect(try await ask("GET", "runs/a", "guess").status == 401)
    }
}
