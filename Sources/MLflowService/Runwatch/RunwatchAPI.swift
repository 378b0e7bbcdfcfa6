import Foundation
import HTTPTransport
import MLflowWire
import RunServices

/// The calls of one runwatch to another.
final class RunwatchAPI: Sendable {
    let transport: HTTPTransport
    /// Milliseconds that every call has at least.
    private let patience: Int64

    init(_ connection: MLflowConnection, patience: Int64) throws(RunServiceError) {
        var options = connection.transport
        // A supervisor asks rarely, and the end of a run must not be lost over a proxy's guess.
        if patience > 0 { options.longestPause = 10 }
        transport = try HTTPTransport(options)
        self.patience = patience
    }

    /// Asks once, and takes no for an answer.
    func isThere() async -> Bool {
        var call = HTTPCall(.get, "/api/3.0/mlflow/server-info", isRepeatable: false)
        // A command that waits for slow servers would lose what MLflow cannot hold by taking this one for MLflow's.
        call.deadline = max(HTTPCall.interactiveDeadline, min(patience, 20_000))
        guard let answer = try? await transport.send(call), answer.isSuccess else { return false }
        let info = try? JSONDecoder().decode(WireServerInfo.self, from: Data(answer.body))
        return info?.runwatch?.protocolVersion == RemoteCall.version
    }

    func call<Answer: Decodable>(
        _ name: RemoteCall.Name, _ request: some Encodable, isRepeatable: Bool = true
    ) async throws(RunServiceError) -> Answer {
        try await measuredCall(name, request, isRepeatable: isRepeatable).answer
    }

    /// With the bytes of the answer.
    func measuredCall<Answer: Decodable>(
        _ name: RemoteCall.Name, _ request: some Encodable, isRepeatable: Bool = true
    ) async throws(RunServiceError) -> (answer: Answer, bytes: Int) {
        var call = HTTPCall(.post, RemoteCall.path + name.rawValue, isRepeatable: isRepeatable)
        call.deadline = max(HTTPCall.listDeadline, patience)
        do {
            call.body = Array(try JSONEncoder().encode(request))
        } catch {
            throw RunServiceError(.invalid, "The request cannot be written down.", underlying: "\(error)")
        }
        let answer = try await transport.send(call)
        guard answer.isSuccess else { throw error(for: answer) }
        do {
            return (try JSONDecoder().decode(Answer.self, from: Data(answer.body)), answer.body.count)
        } catch {
            throw transport.fault.unreadable(answer, "it is no answer of this version of runwatch")
        }
    }

    /// What the service at the other end threw; its words are untrusted text like any server's.
    private func error(for answer: HTTPAnswer) -> RunServiceError {
        let generic = transport.fault.sentence(for: answer)
        guard let told = try? JSONDecoder().decode(RunServiceError.self, from: Data(answer.body)) else {
            return generic
        }
        return RunServiceError(
            told.code, Shown.text(told.message), underlying: told.underlying.map { transport.fault.shown($0) })
    }
}
