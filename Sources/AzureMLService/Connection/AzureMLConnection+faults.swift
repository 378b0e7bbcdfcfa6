import AzureMLWire
import Foundation
import HTTPTransport
import RunServices

extension AzureMLConnection {
    /// What an answer with an error status says, in Azure's envelope or without.
    func fault(_ transport: HTTPTransport, for answer: HTTPAnswer, _ token: AccessToken?) -> RunServiceError {
        let generic = transport.fault.sentence(for: answer)
        let envelope = try? JSONDecoder().decode(ErrorEnvelope.self, from: Data(answer.body))
        let redact = Redaction([token?.text].compactMap(\.self))
        let words =
            envelope?.error.message.map { TokenText.shown(redact($0)) } ?? generic.underlying.map(redact.callAsFunction)
        let server = transport.fault.server
        let workspace = "the workspace \(Shown.text(address.workspace))"
        switch answer.status {
        case 401:
            return RunServiceError(
                .unauthorized,
                "\(server) does not accept the token from \(tokens.name), which may have expired; \(tokens.remedy).",
                underlying: words)
        case 403:
            return RunServiceError(
                .forbidden,
                "\(server) forbids this to the login from \(tokens.name); ask an owner of \(workspace) for the role "
                    + "AzureML Data Scientist, or Reader to look only.",
                underlying: words)
        case 404 where envelope != nil:
            return RunServiceError(.notFound, "\(server) does not have this (any more).", underlying: words)
        case 404:
            // A gateway without the service behind it says nothing about a run.
            return RunServiceError(.unexpectedResponse, generic.message, underlying: words)
        case 405, 501: return RunServiceError(.unsupported, "\(server) does not know this call.", underlying: words)
        case 400, 422: return RunServiceError(.invalid, "\(server) does not accept this.", underlying: words)
        case 409, 412: return RunServiceError(.conflict, "\(server) cannot do this now.", underlying: words)
        default: return RunServiceError(generic.code, generic.message, underlying: words)
        }
    }
}
