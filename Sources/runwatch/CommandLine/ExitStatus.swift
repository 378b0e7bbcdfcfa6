import ArgumentParser
import RunServices

/// What the exit status of every command says; `exec` alone passes on that of its command.
enum ExitStatus: Int32 {
    case done = 0
    /// The operation failed, or was refused.
    case failed = 1
    /// What was asked for cannot be understood, or names more than one thing.
    case usage = 2
    case notFound = 3
    /// The run service cannot be reached, or lets this user not in.
    case unreachable = 4

    /// For the help of the commands.
    static let explanation = """
        Exit status: 0 done; 1 failed or refused; 2 usage; 3 not found; 4 the run service cannot be reached or refuses \
        these credentials.
        """

    init(_ code: RunServiceError.Code) {
        switch code {
        case .notFound: self = .notFound
        case .unauthorized, .forbidden, .unavailable, .timedOut, .rateLimited: self = .unreachable
        case .invalid: self = .usage
        case .conflict, .immutable, .unexpectedResponse, .cancelled, .unsupported, .deleted, .storageFull:
            self = .failed
        }
    }
}
