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
}
