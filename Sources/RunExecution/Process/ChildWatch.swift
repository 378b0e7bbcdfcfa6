import CProcess
import Glibc
import RunServices

/// What befell a command's processes.
enum CommandEvent: Sendable {
    /// Its first process has ended.
    case exited(CommandExit)
    /// Its first process was stopped, on a terminal of its own.
    case stopped
    /// Others may have ended, or are being ended.
    case changed
}

/// Waits for the ends of children, on threads of its own.
enum ChildWatch {
    /// Tells of `child` and, with `adoptsOrphans`, of every other child of this process; false when there is no thread
    /// left. A command on a terminal is told of by its monitor through `report`.
    static func begin(
        _ child: ChildProcess, report: OwnedDescriptor?, adoptsOrphans: Bool,
        telling events: AsyncStream<CommandEvent>.Continuation
    ) -> Bool {
        if child.monitor != nil, let report {
            let number = report.take()
            let isReading = DedicatedThread.start {
                read(number, telling: events)
                close(number)
            }
            guard isReading else { return false }
        }
        return DedicatedThread.start {
            while true {
                var status: Int32 = 0
                let pid = waitpid(adoptsOrphans ? -1 : child.monitor ?? child.pid, &status, 0)
                if pid < 0 && errno == EINTR { continue }
                if pid < 0 { return }
                events.yield(pid == child.pid ? .exited(CommandExit(waitStatus: status)) : .changed)
                if !adoptsOrphans { return }
            }
        }
    }

    private static func read(_ report: Int32, telling events: AsyncStream<CommandEvent>.Continuation) {
        while true {
            var status: Int32 = 0
            let count = Glibc.read(report, &status, MemoryLayout<Int32>.size)
            if count < 0 && errno == EINTR { continue }
            // A monitor that was killed takes the session with it, and nobody learns how its command ended.
            guard count == MemoryLayout<Int32>.size else {
                events.yield(.exited(.signal(SIGHUP)))
                return
            }
            if status & 0xFF == 0x7F {
                events.yield(.stopped)
            } else {
                events.yield(.exited(CommandExit(waitStatus: status)))
                return
            }
        }
    }
}

extension CommandExit {
    /// From a status of waitpid(2): the low seven bits are the signal, the next byte the exit status.
    init(waitStatus status: Int32) {
        self = status & 0x7F == 0 ? .status((status >> 8) & 0xFF) : .signal(status & 0x7F)
    }
}
