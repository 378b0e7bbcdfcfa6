import RunServices

extension MLflowFault {
    /// What MLflow calls any error of ours.
    init(_ error: any Error) {
        switch error {
        case let fault as MLflowFault: self = fault
        case let fault as ServerFault: self.init(fault)
        case let error as RunServiceError: self.init(error)
        case is CancellationError: self.init(.temporarilyUnavailable, "The server is about to end; send it again.")
        default: self.init(.internalError, "The server failed; its log says why.")
        }
    }

    private init(_ fault: ServerFault) {
        let code: Code =
            switch fault {
            case .unauthorized: .unauthenticated
            case .readOnlyToken, .foreignHost, .foreignOrigin: .permissionDenied
            case .tooLarge, .tooSlow, .truncated, .wrongMethod: .badRequest
            case .unknownEndpoint: .endpointNotFound
            case .diskFull: .resourceExhausted
            }
        self.init(code, fault.message, status: fault.status)
    }

    private init(_ error: RunServiceError) {
        let code: Code
        switch error.code {
        case .notFound: code = .resourceDoesNotExist
        case .invalid, .immutable, .deleted: code = .invalidParameterValue
        case .conflict: code = .resourceConflict
        case .unauthorized: code = .unauthenticated
        case .forbidden: code = .permissionDenied
        case .unsupported: code = .notImplemented
        case .rateLimited: code = .requestLimitExceeded
        case .unavailable, .timedOut, .cancelled: code = .temporarilyUnavailable
        case .unexpectedResponse: code = .internalError
        case .storageFull:
            self.init(.diskFull)
            return
        }
        self.init(code, error.message)
    }
}
