import Glibc

/// Why a command could not be started, in the words of its run's failure.
struct CommandStartError: Error {
    let sentence: String
    /// What a shell would report: 127 not found, 126 found but not startable.
    let shellStatus: Int32

    static func noResources(_ code: Int32) -> CommandStartError {
        CommandStartError(
            sentence: "The command could not be started: \(String(cString: strerror(code))).", shellStatus: 126)
    }

    /// The system refused to execute the file at `path`.
    static func refused(_ path: [UInt8], _ code: Int32) -> CommandStartError {
        let reason =
            switch code {
            // The lookup found it, so what is missing is the interpreter that its first line names.
            case ENOENT: "the interpreter in its first line is missing"
            case ENOEXEC: "it is neither a program for this machine nor a script"
            default: String(cString: strerror(code))
            }
        return CommandStartError(
            sentence: "\(String(decoding: path, as: UTF8.self)) could not be started: \(reason).",
            shellStatus: code == ENOENT ? 127 : 126)
    }
}
