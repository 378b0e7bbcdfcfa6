import Glibc
import RunExecution
import RunModel
import RunServices

/// The two halves of `runwatch exec --detach`: the process that returns to the shell, and the one that stays.
///
/// The same binary is started once more instead of forked, since a fork of a threaded process may do next to nothing.
/// It holds nothing of the caller's but standard error, and that only until its command runs: a lock or a pipe of a
/// script must not wait for the run.
enum DetachedSupervisor {
    /// Starts the process that stays and returns the run's id once its command runs: nil, and the status to exit with, when
    /// nothing runs.
    /// - Parameter command: the subcommand that is called, which knows `--detached`.
    static func startedRun(_ command: String) async throws -> (id: String?, status: Int32) {
        var arguments = CommandText.arguments
        guard let subcommand = arguments.firstIndex(of: Array(command.utf8)) else { return (nil, EXIT_FAILURE) }
        arguments.insert(Array("--detached".utf8), at: subcommand + 1)
        let child = try OwnBinary.start(Array(arguments.dropFirst()), output: .pipe)
        let text = String(decoding: await child.words(), as: UTF8.self)
        if text.isEmpty { return (nil, await child.wait()) }
        return (text.hasSuffix("\n") ? String(text.dropLast()) : text, EXIT_SUCCESS)
    }

    /// Tells the process that waits in `startedRun`, and lets go of the terminal.
    static func reportStarted(_ run: RunID) {
        let line = Array("\(Shown.lines(run.text))\n".utf8)
        _ = write(STDOUT_FILENO, line, line.count)
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { return }
        dup2(nothing, STDOUT_FILENO)
        dup2(nothing, STDERR_FILENO)
        close(nothing)
    }
}
