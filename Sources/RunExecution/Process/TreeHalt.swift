import Glibc

/// Stops all that belongs to a command, and continues it.
struct TreeHalt: Sendable {
    /// Looks that find processes which were started while others were being stopped.
    private static let rounds = 10

    /// Whom this stopped, but for those that were stopped already.
    private var stopped: [ProcessEntry] = []

    /// SIGSTOP, which no process can catch, to the command's group and to its descendants in other groups and sessions.
    mutating func stop(_ command: CommandTree) {
        var tree = command
        // At once first, as a shell would; a group without members may be another's soon.
        if tree.living(in: ProcessEntry.snapshot()).contains(where: { $0.group == tree.leader }) {
            kill(-tree.leader, SIGSTOP)
        }
        for _ in 0..<Self.rounds {
            let running = tree.living(in: ProcessEntry.snapshot()).filter { entry in
                !entry.isStopped && !stopped.contains { $0.pid == entry.pid && $0.startTicks == entry.startTicks }
            }
            if running.isEmpty { return }
            for entry in running where entry.stillRuns { kill(entry.pid, SIGSTOP) }
            stopped += running
        }
    }

    /// SIGCONT to the group, as a shell would, and to what `stop` stopped elsewhere.
    mutating func resume(_ command: CommandTree) {
        var tree = command
        if tree.living(in: ProcessEntry.snapshot()).contains(where: { $0.group == tree.leader }) {
            kill(-tree.leader, SIGCONT)
        }
        for entry in stopped where entry.group != tree.leader && entry.stillRuns { kill(entry.pid, SIGCONT) }
        stopped = []
    }
}
