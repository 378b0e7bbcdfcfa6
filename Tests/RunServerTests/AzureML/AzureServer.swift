import Foundation
import TestSupport

/// Azure's paths on a served store, for tests that speak plain HTTP.
struct AzureServer {
    let server: ServedStore

    init() async throws { server = try await ServedStore() }

    static let scope =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"

    /// Asks below the workspace of a service such as `history/v1.0`.
    func ask(
        _ method: String, _ service: String, _ path: String, _ body: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> RawAnswer {
        try await server.ask(method, "/\(service)\(Self.scope)/\(path)", body, headers: headers)
    }

    func history(_ method: String, _ path: String, _ body: String? = nil) async throws -> RawAnswer {
        try await ask(method, "history/v1.0", path, body)
    }

    /// A run of the experiment `e`.
    @discardableResult
    func makeRun(_ id: String, _ members: String = "") async throws -> RawAnswer {
        try await history(
            "PATCH", "experiments/e/runs/\(id)", "{\"runId\":\"\(id)\"\(members.isEmpty ? "" : ",")\(members)}")
    }

    func event(_ name: String, of id: String, _ data: String = "{}") async throws -> RawAnswer {
        try await history(
            "POST", "experiments/e/runs/\(id)/events",
            #"{"name":"Microsoft.MachineLearning.Run.\#(name)","data":\#(data)}"#)
    }

    func status(of id: String) async throws -> String? {
        try await history("GET", "runs/\(id)").object["status"] as? String
    }

    /// The ids that a query finds.
    func query(_ filter: String?, top: Int = 500, token: String? = nil) async throws -> (ids: [String], next: String?) {
        var query: [String: Any] = ["top": top, "orderby": "CreatedUtc asc"]
        query["filter"] = filter
        query["continuationToken"] = token
        let body = String(decoding: try JSONSerialization.data(withJSONObject: query), as: UTF8.self)
        let answer = try await history("POST", "experiments/e/runs:query", body).object
        let runs = answer["value"] as? [[String: Any]] ?? []
        return (runs.compactMap { $0["runId"] as? String }, answer["continuationToken"] as? String)
    }
}
