import DashboardCore
import FileAccess

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One command that runs without the terminal: its end, and the last line that it wrote.
struct BackgroundProcess: Sendable {
    let command: BackgroundCommand

    /// Bytes of its output that are kept.
    private static let mostBytes = 4_096
    /// Milliseconds between two looks at a command that has not ended.
    private static let step: Int32 = 20

    func run() async -> (end: CommandEnd, lastLine: String) {
        await BlockingCall.run { attempt() }
    }

    private func attempt() -> (end: CommandEnd, lastLine: String) {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        var ends: [Int32] = [-1, -1]
        guard nothing >= 0, pipe(&ends) == 0 else {
            let reason = String(cString: strerror(errno))
            if nothing >= 0 { close(nothing) }
            return (.notStarted(reason), "")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer {
            close(ends[0])
            close(nothing)
        }
        var pid: pid_t = 0
        let failure = ShellProcess.start(
            ["/bin/sh", "-c", command.script], variables: command.environment, streams: [nothing, ends[1], ends[1]],
            pid: &pid)
        close(ends[1])
        guard failure == 0 else { return (.notStarted(String(cString: strerror(failure))), "") }
        return wait(for: pid, output: ends[0])
    }

    /// Reads along, so that a full pipe does not hold the command; until it has ended or its time is over.
    private func wait(for pid: pid_t, output: Int32) -> (end: CommandEnd, lastLine: String) {
        let deadline = SystemClock.now().monotonic + command.deadline
        var kept: [UInt8] = []
        var isOpen = true
        while true {
            let hasRead = isOpen && read(output, into: &kept, isOpen: &isOpen)
            var status: Int32 = 0
            let ended = hasRead ? 0 : waitpid(pid, &status, WNOHANG)
            if ended == pid {
                while isOpen, read(output, into: &kept, isOpen: &isOpen, patience: 0) {}
                return (ShellProcess.end(status), Self.lastLine(kept))
            }
            if ended < 0, errno != EINTR { return (.exited(0), Self.lastLine(kept)) }
            if SystemClock.now().monotonic >= deadline {
                kill(-pid, SIGKILL)
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                return (.notFinished(command.deadline / 1_000), Self.lastLine(kept))
            }
            if !isOpen { usleep(UInt32(Self.step) * 1_000) }
        }
    }

    /// Whether something came within a moment.
    private func read(
        _ output: Int32, into kept: inout [UInt8], isOpen: inout Bool, patience: Int32 = step
    ) -> Bool {
        var source = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&source, 1, patience) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: Self.mostBytes)
        #if canImport(Glibc)
            let count = Glibc.read(output, &bytes, bytes.count)
        #else
            let count = Darwin.read(output, &bytes, bytes.count)
        #endif
        guard count > 0 else {
            isOpen = count < 0 && errno == EINTR
            return false
        }
        kept = (kept + bytes.prefix(count)).suffix(Self.mostBytes)
        return true
    }

    private static func lastLine(_ bytes: [UInt8]) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let last = lines.last { line in line.contains { !$0.isWhitespace } } ?? ""
        return String(last.prefix(300))
    }
}
