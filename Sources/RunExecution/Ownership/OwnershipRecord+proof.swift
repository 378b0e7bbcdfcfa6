import Glibc
import ProcessTable
import RunServices

extension OwnershipRecord {
    /// The supervisor is gone and the command still runs on this host.
    var isOrphaned: Bool { supervisor.isAlive == false && command?.isGroupAlive == true }

    /// Neither supervisor nor command runs any more.
    var isOver: Bool { supervisor.isAlive == false && (command.map { $0.isGroupAlive == false } ?? true) }

    /// Continues the supervisor if it is stopped, for an order that it must obey.
    func continueSupervisor() {
        if supervisor.pid > 1 && supervisor.isStopped { kill(supervisor.pid, SIGCONT) }
    }

    /// Whether a process of the command's session or group carries the nonce, and so is this user's and this run's.
    var isProven: Bool {
        guard let command, command.pid > 1, command.isGroupAlive == true else { return false }
        return ProcessEntry.snapshot().contains { entry in
            (entry.session == command.pid || entry.group == command.pid)
                && ProcessTable.carries(environmentEntry, pid: entry.pid)
        }
    }
}

extension ProcessStamp {
    /// Whether it still runs; nil when that cannot be told from here.
    var isAlive: Bool? { ProcessTable.isAlive(pid: pid, startTicks: startTicks, bootID: bootID) }

    /// Whether it runs no further until a signal continues it.
    var isStopped: Bool { ProcessTable.isStopped(pid: pid, startTicks: startTicks, bootID: bootID) }

    /// Whether the group it leads has a member left; nil when that cannot be told from here.
    var isGroupAlive: Bool? { ProcessTable.isGroupAlive(leader: pid, startTicks: startTicks, bootID: bootID) }
}
