import Foundation
import HTTPTransport
import MLflowWire
import RemotePolling
import RunServices
import Synchronization

/// The REST protocol 2.0 of a tracking server, one method per question.
final class MLflowAPI: Sendable {
    let transport: HTTPTransport
    private let workspace: String?
    /// Milliseconds that every question has at least.
    private let patience: Int64
    /// Runs in one page of a long listing.
    let listPage: Int
    /// Nil until the server was asked whether it has workspaces.
    private let hasWorkspaces = Mutex<Bool?>(nil)
    private let meter = Mutex(RequestMeter())

    init(_ connection: MLflowConnection, _ settings: MLflowServer.Settings) throws(RunServiceError) {
        var options = connection.transport
        // A supervisor asks rarely, and the end of a run must not be lost over a proxy's guess.
        if settings.patience > 0 { options.longestPause = 10 }
        transport = try HTTPTransport(options)
        patience = settings.patience
        listPage = settings.listPage
        workspace = connection.workspace
    }

    /// What was asked for so far.
    var traffic: RequestMeter { meter.withLock { $0 } }

    func get<Answer: Decodable>(
        _ path: String, _ query: [(String, String)], deadline: Int64 = HTTPCall.interactiveDeadline
    ) async throws(RunServiceError) -> Answer {
        var call = HTTPCall(.get, "/api/2.0/mlflow/" + path)
        call.query = query
        call.deadline = deadline
        return try await decoded(call)
    }

    /// `isRepeatable`: asking twice does the same as asking once.
    func post<Answer: Decodable>(
        _ path: String, _ request: some Encodable & Sendable, isRepeatable: Bool = true,
        deadline: Int64 = HTTPCall.interactiveDeadline
    ) async throws(RunServiceError) -> Answer {
        var call = HTTPCall(.post, "/api/2.0/mlflow/" + path, isRepeatable: isRepeatable)
        call.deadline = deadline
        do {
            call.body = Array(try JSONEncoder().encode(request))
        } catch {
            throw RunServiceError(.invalid, "The request cannot be written down.", underlying: "\(error)")
        }
        return try await decoded(call)
    }

    /// Sends a call with what this server needs; throws for every status of 400 and above that is not `accepted`.
    func send(_ call: HTTPCall, accepting accepted: Set<Int> = []) async throws(RunServiceError) -> HTTPAnswer {
        var call = call
        call.deadline = max(call.deadline, patience)
        if let workspace, try await serverHasWorkspaces() { call.headers.append(("X-MLFLOW-WORKSPACE", workspace)) }
        let answer = try await transport.send(call)
        meter.withLock { $0.add(answer.body.count) }
        guard answer.isSuccess || accepted.contains(answer.status) else { throw error(for: answer) }
        return answer
    }

    private func decoded<Answer: Decodable>(_ call: HTTPCall) async throws(RunServiceError) -> Answer {
        let answer = try await send(call)
        if let type = Answer.self as? any QuickAnswer.Type, let quick = type.init(quickly: answer.body) as? Answer {
            return quick
        }
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(answer.body))
        } catch {
            throw transport.fault.unreadable(answer, Self.detail(error))
        }
    }

    private static func detail(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): return "there is no `\(key.stringValue)` in it"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            let place = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
            return place.isEmpty ? "it is of another kind" : "`\(place)` is of another kind"
        default: return "it is not JSON"
        }
    }

    private func serverHasWorkspaces() async throws(RunServiceError) -> Bool {
        if let known = hasWorkspaces.withLock({ $0 }) { return known }
        var call = HTTPCall(.get, "/api/3.0/mlflow/server-info")
        call.deadline = max(call.deadline, patience)
        let answer = try await transport.send(call)
        var has = false
        // Servers before 3.10 do not know the question, and have none. Any other failure says nothing about that.
        if answer.status != 404 {
            guard answer.isSuccess else { throw error(for: answer) }
            guard let info = try? JSONDecoder().decode(WireServerInfo.self, from: Data(answer.body)) else {
                throw transport.fault.unreadable(answer, "it is not JSON")
            }
            has = info.workspacesEnabled == true
        }
        hasWorkspaces.withLock { $0 = has }
        return has
    }

    /// MLflow's error codes say more than HTTP's (`mlflow/protos/databricks.proto`).
    private func error(for answer: HTTPAnswer) -> RunServiceError {
        let generic = transport.fault.sentence(for: answer)
        guard let wire = try? JSONDecoder().decode(WireError.self, from: Data(answer.body)) else {
            // MLflow itself says so in its own words; a proxy without a server behind it says nothing about a run.
            guard generic.code == .notFound else { return generic }
            return RunServiceError(.unexpectedResponse, generic.message, underlying: generic.underlying)
        }
        let server = transport.options.serverName
        let words = wire.message.map { transport.fault.shown($0) }
        return switch wire.errorCode {
        case "RESOURCE_DOES_NOT_EXIST", "NOT_FOUND":
            RunServiceError(.notFound, "\(server) does not have this any more.", underlying: words)
        case "ENDPOINT_NOT_FOUND", "NOT_IMPLEMENTED":
            RunServiceError(.unsupported, "\(server) is too old to answer that.", underlying: words)
        case "INVALID_PARAMETER_VALUE", "BAD_REQUEST", "RESOURCE_ALREADY_EXISTS":
            RunServiceError(.invalid, "\(server) does not accept this.", underlying: words)
        case "RESOURCE_CONFLICT", "ALREADY_EXISTS", "ABORTED", "INVALID_STATE":
            RunServiceError(.conflict, "\(server) cannot do this now.", underlying: words)
        case "TEMPORARILY_UNAVAILABLE":
            RunServiceError(.unavailable, "\(server) finds its database busy; try again.", underlying: words)
        default: RunServiceError(generic.code, generic.message, underlying: words)
        }
    }
}
