import Glibc

/// The streams on which a command speaks.
package enum CommandStream: Sendable {
    /// With standard error in it, where both go to the same place.
    case standardOutput
    case standardError

    /// Where it is shown.
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
