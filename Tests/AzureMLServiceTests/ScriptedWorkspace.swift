import AzureMLService
import Foundation
import HTTPTransport
import RunServices
import Synchronization
import TestSupport

/// A workspace of one experiment that answers as a test tells it to, in pages as small as it likes.
final class ScriptedWorkspace: Sendable {
    /// Nil answers that request in the usual way.
    typealias Fault = @Sendable (FaultRequest) -> FaultReply?

    private struct State {
        /// JSON by id, in the order in which they are listed.
        var runs: [(id: String, json: String)] = []
        var details: [String: String] = [:]
        var pageSize = 100
        var fault: Fault?
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let shared = Shared()
    let server: FaultServer
    let clock = TestClock()

    static let token = "secret-token-of-ana"

    init() throws {
        server = try FaultServer { [shared] request in
            let state = shared.state.withLock { $0 }
            return state.fault?(request) ?? Self.answer(request, state)
        }
    }

    var address: String { "http://127.0.0.1:\(server.port)" }

    /// Adds a run with these members beside its id and experiment, or replaces it.
    func set(_ id: String, _ members: String) {
        let json =
            #"{"runId":"\#(id)","experimentId":"e1","runNumber":1,"rootRunId":"\#(id)","dataContainerId":"dcid.\#(id)","#
            + members + "}"
        shared.state.withLock { state in
            if let index = state.runs.firstIndex(where: { $0.id == id }) {
                state.runs[index].json = json
            } else {
                state.runs.append((id, json))
            }
        }
    }

    /// What `…/details` says of a run.
    func setDetails(_ id: String, _ json: String) { shared.state.withLock { $0.details[id] = json } }

    func setPages(of size: Int) { shared.state.withLock { $0.pageSize = size } }

    func answer(with fault: Fault?) { shared.state.withLock { $0.fault = fault } }

    func connect(eager: Bool = true) throws -> AzureMLWorkspace {
        var settings = AzureMLWorkspace.Settings()
        settings.isEager = eager
        return AzureMLWorkspace(try .at(address, token: Self.token), settings: settings) { [clock] in clock.now }
    }

    /// The paths of the requests behind the workspace's place, and their methods.
    var asked: [String] {
        server.requests.map { request in
            let path = request.path.split(separator: "/workspaces/space").last.map(String.init) ?? request.path
            return "\(request.method) \(path)"
        }
    }

    private static func answer(_ request: FaultRequest, _ state: State) -> FaultReply {
        let path = request.path.split(separator: "/workspaces/space").last.map(String.init) ?? ""
        let parts = path.split(separator: "/").map(String.init)
        if path == "/experiments:query" {
            return .json(
                #"{"value":[{"experimentId":"e1","name":"explore-runs","createdUtc":"2026-01-01T00:00:00Z"}]}"#)
        }
        if path.hasSuffix("/runs:query") { return page(request, state) }
        if parts.count == 2, parts[0] == "runs" { return one(parts[1], state) }
        if parts.count == 3, parts[2] == "details" {
            return .json(state.details[parts[1]] ?? #"{"runId":"\#(parts[1])","status":"Running","logFiles":{}}"#)
        }
        if parts.last == "list" { return .json(#"{"value":[],"continuationToken":null}"#) }
        return missing
    }

    private static func one(_ id: String, _ state: State) -> FaultReply {
        state.runs.first { $0.id == id }.map { .json($0.json) } ?? missing
    }

    static let missing = refusal(404, "not found")

    /// An error in Azure's envelope.
    static func refusal(_ status: Int, _ message: String) -> FaultReply {
        .answer(status, headers: [], #"{"error":{"code":"UserError","message":"\#(message)"}}"#)
    }

    private static func page(_ request: FaultRequest, _ state: State) -> FaultReply {
        let asked = try? JSONDecoder().decode(Query.self, from: Data(request.body))
        let start = asked?.continuationToken.flatMap { Int($0) } ?? 0
        let end = min(start + state.pageSize, state.runs.count)
        let page = state.runs[min(start, end)..<end].map(\.json).joined(separator: ",")
        let token = end < state.runs.count ? "\"\(end)\"" : "null"
        return .json(#"{"value":[\#(page)],"continuationToken":\#(token),"nextLink":null}"#)
    }

    private struct Query: Decodable { var continuationToken: String? }
}
