import AzureMLWire
import Foundation
import HTTPTransport
import RunModel
import RunServices
import Synchronization

/// What Azure ML gave to a submitted run, and gives anew to it.
final class RunToken: TokenOrigin {
    private let run: SubmittedRun
    private let network: AzureMLNetwork
    private let clock: @Sendable () -> Timestamp
    /// The last one, and whether it has been given out.
    private let state: Mutex<(token: AccessToken, isUsed: Bool)>

    init(
        _ token: AccessToken, of run: SubmittedRun, network: AzureMLNetwork, clock: @escaping @Sendable () -> Timestamp
    ) {
        self.run = run
        self.network = network
        self.clock = clock
        state = Mutex((token, false))
    }

    let name = "AZUREML_RUN_TOKEN"
    let remedy = "start the run again, or unset AZUREML_RUN_TOKEN to use another login"

    func fetch() async throws(RunServiceError) -> AccessToken? {
        let (token, isUsed) = state.withLock { state in
            defer { state.isUsed = true }
            return state
        }
        if !isUsed { return token }
        let renewed = try await renewed(token)
        state.withLock { $0 = (renewed, true) }
        return renewed
    }

    /// The service takes the last one for the next, as long as that lasts.
    private func renewed(_ token: AccessToken) async throws(RunServiceError) -> AccessToken {
        guard let host = run.address.host else { return token }
        let transport = try network.transport(to: host, named: "Azure ML")
        let names = [run.experiment, run.run.text].map(HTTPTransport.escaped)
        var call = HTTPCall(
            .get, "/history/v1.0\(run.address.scope)/experiments/\(names[0])/runs/\(names[1])/token")
        call.headers = [("Authorization", "Bearer " + token.text)]
        call.bodyLimit = 1 << 20
        let answer = try await transport.send(call)
        let json = try? JSONDecoder().decode(AzureJSON.self, from: Data(answer.body))
        if answer.isSuccess, let text = json?["token"]?.text, !text.isEmpty {
            let end = json?["expiryTimeUtc"]?.text.flatMap(AzureTime.init(text:)).map {
                Timestamp(milliseconds: $0.milliseconds)
            }
            return AccessToken(text, expiresAt: end ?? TokenClaims(of: text).end)
        }
        if answer.isSuccess { throw transport.fault.unreadable(answer, "there is no `token` in it") }
        guard [400, 401, 403, 404, 405].contains(answer.status) else { throw transport.fault.sentence(for: answer) }
        let words = json?["error"]?["message"]?.text ?? ""
        throw RunServiceError(
            .unauthorized, "\(transport.fault.server) does not renew the token in \(name); \(remedy).",
            underlying: TokenText.shown(words, without: [token.text]))
    }
}
