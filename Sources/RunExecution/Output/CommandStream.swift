import Glibc

/// The two streams on which a command speaks.
enum CommandStream: Sendable {
    case standardOutput
    case standardError

    var terminalDescriptor: Int32 {
        switch self {
        case .standardOutput: STDOUT_FILENO
        case .standardError: STDERR_FILENO
        }
    }
}

/// Bytes as one read returned them.
struct OutputChunk: Sendable {
    var stream: CommandStream
    var bytes: [UInt8]
}
