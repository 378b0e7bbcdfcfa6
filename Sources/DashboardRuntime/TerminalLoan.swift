import DashboardCore
import Dispatch
import FileAccess

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One program that has the terminal: starts it in the foreground and waits for its end.
///
/// It stays in this process's group, as under a shell without job control: what ctrl-c and ctrl-z send goes to both, and
/// this process lets it pass.
@MainActor
final class TerminalLoan {
    private let command: ForegroundCommand
    private let input: Int32
    private var child: pid_t?

    init(_ command: ForegroundCommand, input: Int32) {
        self.command = command
        self.input = input
    }

    /// Runs the command to its end, with the terminal in the state that the shell left it in.
    func run() async -> CommandEnd {
        if let heading = command.heading { Self.say(heading + "\n") }
        // ctrl-\ is meant for the command, and would be the end of this process.
        var ignore = sigaction()
        ignore.__sigaction_handler.sa_handler = SIG_IGN
        var before = sigaction()
        sigaction(SIGQUIT, &ignore, &before)
        defer { sigaction(SIGQUIT, &before, nil) }
        var pid: pid_t = 0
        let failure = ShellProcess.start(command.arguments, variables: command.environment, pid: &pid)
        guard failure == 0 else { return .notStarted(String(cString: strerror(failure))) }
        child = pid
        let end = await BlockingCall.run { [pid] in Self.wait(for: pid) }
        child = nil
        return end
    }

    /// Passes on a signal that ends this process.
    func forward(_ number: Int32) {
        if let child { kill(child, number) }
    }

    /// Waits, without echo, until a key has been pressed, or the other end has gone.
    func waitForKey(after end: CommandEnd) async {
        Self.say("\n\(end.fault.map { "The command \($0). " } ?? "")Press a key to go back.")
        var modes = termios()
        if tcgetattr(input, &modes) == 0 {
            modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
            tcsetattr(input, TCSAFLUSH, &modes)
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
        let (keys, continuation) = AsyncStream.makeStream(of: Void.self)
        source.setEventHandler { @Sendable in continuation.yield() }
        source.resume()
        for await _ in keys { break }
        source.cancel()
        // What is said next on the shell's screen begins a line.
        Self.say("\n")
    }

    /// On the descriptor itself: the standard library's buffers are nobody's while a screen is up.
    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }

    private nonisolated static func wait(for pid: pid_t) -> CommandEnd {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return .exited(0) }
        }
        return ShellProcess.end(status)
    }
}
