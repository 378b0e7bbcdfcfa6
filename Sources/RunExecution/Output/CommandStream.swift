import Glibc

/// The two streams on which a command speaks.
enum OutputStream: Sendable {
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
    var stream: OutputStream
    var bytes: [UInt8]
}
