import AzureMLMeaning
import AzureMLWire
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

/// Errors in the shape that these clients show to people.
enum AzureFault {
    /// What a client reads of an error.
    static func response(to error: any Error, at now: Timestamp) -> Response {
        let (status, root) = describe(error)
        let envelope = ErrorEnvelope(
            error: root,
            correlation: ["operation": RandomText.identifier().replacing("-", with: "")],
            time: AzureMoment.time(now))
        return AzureCoding.answer(envelope, status: status)
    }

    /// What a client reads of an error of one item in a batch.
    static func item(_ error: RunServiceError) -> ErrorResponse { ErrorResponse(describe(error).root) }

    private static func describe(_ error: any Error) -> (status: HTTPResponse.Status, root: RootError) {
        switch error {
        case let error as RunServiceError:
            let (status, inner) = meaning(of: error.code)
            let isTheirs = status.kind == .clientError
            return (
                status,
                RootError(
                    code: isTheirs ? "UserError" : "ServiceError", message: error.message, innerCode: inner)
            )
        case let fault as ServerFault:
            let isTheirs = fault.status.kind == .clientError
            return (fault.status, RootError(code: isTheirs ? "UserError" : "ServiceError", message: fault.message))
        default:
            return (
                .internalServerError,
                RootError(code: "ServiceError", message: "The server failed; its log says why.")
            )
        }
    }

    /// Nothing here is 403: the client would show a sentence of its own instead of ours. Nor is a conflict 409 where waiting
    /// helps, and only what may pass is 5xx: the client sends that again.
    private static func meaning(of code: RunServiceError.Code) -> (HTTPResponse.Status, String) {
        switch code {
        case .unauthorized: (.unauthorized, "AuthorizationError")
        case .forbidden: (.badRequest, "AuthorizationError")
        case .notFound, .deleted: (.notFound, "NotFoundError")
        case .conflict: (.conflict, "ConflictError")
        case .immutable: (.badRequest, "ImmutableError")
        case .invalid: (.badRequest, "BadArgumentError")
        case .unsupported: (.badRequest, "NotSupportedError")
        case .rateLimited: (.tooManyRequests, "ThrottlingError")
        case .unavailable, .timedOut: (.serviceUnavailable, "TransientError")
        case .storageFull: (ServerFault.diskFull.status, "StorageFullError")
        case .unexpectedResponse, .cancelled: (.internalServerError, "InternalError")
        }
    }
}
