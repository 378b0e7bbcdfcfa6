package import HTTPTypes

/// Why the server itself refuses a request, before any protocol looks at it.
package enum ServerFault: Error, Equatable, Sendable {
    /// No token, or one that is not known.
    case unauthorized
    /// The token only reads.
    case readOnlyToken
    /// The Host header names another server: a page that was loaded from elsewhere may be behind it.
    case foreignHost
    /// The Origin header names another server.
    case foreignOrigin
    /// The body has more bytes than this.
    case tooLarge(limit: Int)
    /// The client sent nothing for too long.
    case tooSlow
    /// The connection ended before the body did.
    case truncated
    /// There is no such endpoint.
    case unknownEndpoint
    /// The endpoint is there, but not for this method.
    case wrongMethod
    /// Nothing more can be written to the disk.
    case diskFull

    /// HTTP's number for it.
    package var status: HTTPResponse.Status {
        switch self {
        case .unauthorized: .unauthorized
        case .readOnlyToken, .foreignHost, .foreignOrigin: .forbidden
        case .tooLarge: .contentTooLarge
        case .tooSlow: .requestTimeout
        case .truncated: .badRequest
        case .unknownEndpoint: .notFound
        case .wrongMethod: .methodNotAllowed
        case .diskFull: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        }
    }

    /// A sentence for a person. The first words of some are those of `mlflow server`, which clients know.
    package var message: String {
        switch self {
        case .unauthorized:
            "This server wants a token: set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_PASSWORD with any user name."
        case .readOnlyToken: "Permission denied: this token only reads; use the token that `--token-file` names."
        case .foreignHost:
            "Invalid Host header - possible DNS rebinding attack detected. Use the address that `runwatch serve` prints."
        case .foreignOrigin: "Cross-origin request blocked."
        case .tooLarge(let limit): "The request is too large: at most \(limit) bytes are accepted; send it in parts."
        case .tooSlow: "The request came too slowly; send it again."
        case .truncated: "The request ended before its time; send it again."
        case .unknownEndpoint:
            "This server has no such endpoint. It keeps experiments, runs, metrics and artifacts; traces, the model "
                + "registry and evaluation need MLflow's own server."
        case .wrongMethod: "This endpoint does not take this method."
        case .diskFull: "The disk of the run store is full; nothing was kept. Make room and send it again."
        }
    }
}
