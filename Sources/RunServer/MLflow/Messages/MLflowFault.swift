import HTTPTypes
import Hummingbird
import MLflowWire

/// Why a request of MLflow's protocol fails: a code for programs and the words that MLflow's own server uses.
struct MLflowFault: Error, Equatable {
    /// MLflow's codes (`mlflow/protos/databricks.proto`).
    enum Code: String, Sendable {
        case invalidParameterValue = "INVALID_PARAMETER_VALUE"
        case badRequest = "BAD_REQUEST"
        case resourceAlreadyExists = "RESOURCE_ALREADY_EXISTS"
        case resourceDoesNotExist = "RESOURCE_DOES_NOT_EXIST"
        case endpointNotFound = "ENDPOINT_NOT_FOUND"
        case unauthenticated = "UNAUTHENTICATED"
        case permissionDenied = "PERMISSION_DENIED"
        case requestLimitExceeded = "REQUEST_LIMIT_EXCEEDED"
        case resourceExhausted = "RESOURCE_EXHAUSTED"
        case resourceConflict = "RESOURCE_CONFLICT"
        case invalidState = "INVALID_STATE"
        case notImplemented = "NOT_IMPLEMENTED"
        case temporarilyUnavailable = "TEMPORARILY_UNAVAILABLE"
        case internalError = "INTERNAL_ERROR"

        /// HTTP's number for it (`ERROR_CODE_TO_HTTP_STATUS` in `mlflow/exceptions.py`).
        var status: HTTPResponse.Status {
            switch self {
            case .invalidParameterValue, .badRequest, .resourceAlreadyExists: .badRequest
            case .resourceDoesNotExist, .endpointNotFound: .notFound
            case .unauthenticated: .unauthorized
            case .permissionDenied: .forbidden
            case .requestLimitExceeded, .resourceExhausted: .tooManyRequests
            case .resourceConflict: .conflict
            case .notImplemented: .notImplemented
            case .temporarilyUnavailable: .serviceUnavailable
            case .invalidState, .internalError: .internalServerError
            }
        }

        /// The class and the SQLSTATE that servers since 3.15 add (`mlflow/error_classification.py`).
        fileprivate var classification: (name: String, state: String)? {
            switch self {
            case .invalidParameterValue, .badRequest: ("INVALID_PARAMETER_VALUE", "KAM00")
            case .resourceAlreadyExists: ("RESOURCE_ALREADY_EXISTS", "KAM00")
            case .resourceDoesNotExist, .endpointNotFound: ("RESOURCE_NOT_FOUND", "KAM00")
            case .permissionDenied: ("PERMISSION_DENIED", "KAM00")
            case .invalidState, .temporarilyUnavailable, .internalError: ("CLIENT_INTERNAL_ERROR", "XXM00")
            default: nil
            }
        }
    }

    let code: Code
    let message: String
    /// Where HTTP has a number of its own for it.
    var status: HTTPResponse.Status?

    init(_ code: Code, _ message: String, status: HTTPResponse.Status? = nil) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// A value that MLflow does not take.
    static func invalid(_ message: String) -> MLflowFault { MLflowFault(.invalidParameterValue, message) }

    /// A parameter whose value MLflow does not take.
    static func invalidValue(_ value: JSONValue, of path: String, _ reason: String? = nil) -> MLflowFault {
        .invalid(invalidValueText(value, of: path, reason))
    }

    /// The words alone, for messages that go on.
    static func invalidValueText(_ value: JSONValue, of path: String, _ reason: String? = nil) -> String {
        "Invalid value \(value.pythonDump) for parameter '\(path)' supplied" + (reason.map { ": \($0)" } ?? ".")
    }

    /// The answer as clients read it.
    var response: Response {
        var json = JSONWriter()
        json.object {
            $0.field("error_code", code.rawValue)
            $0.field("message", message)
            $0.field("sqlstate", code.classification?.state)
            $0.field("error_class", code.classification?.name)
        }
        return .json(json.bytes, status: status ?? code.status)
    }
}
