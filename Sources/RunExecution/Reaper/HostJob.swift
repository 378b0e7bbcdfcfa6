import ProcessTable
import RunServices

extension Supervisor {
    var isHere: Bool { host == ProcessTable.hostName }

    var isProvenGone: Bool {
        isHere
            && ProcessTable.isAlive(pid: process.pid, startTicks: process.startTicks, bootID: process.bootID) == false
    }

    /// False when it is proven that nothing of its command is left, or that it started none.
    var mayHaveCommand: Bool { command.map { $0.isGroupAlive != false } ?? false }

    /// The leader of a group that still runs on this host though its supervisor is gone.
    var orphanHere: ProcessStamp? {
        guard isProvenGone, let command, command.isGroupAlive == true else { return nil }
        return command
    }
}

extension ProcessStamp {
    /// Whether the group it leads has a member left; nil when that cannot be told from here.
    var isGroupAlive: Bool? { ProcessTable.isGroupAlive(leader: pid, startTicks: startTicks, bootID: bootID) }

    /// SIGTERM, the grace period, SIGKILL; returns when nothing of it is left.
    func endGroup() async {
        let control = CommandControl(grace: ExecutionRequest.defaultGrace) { _ in }
        await control.started(pid)
        await control.terminate()
        await control.waitUntilGone()
    }
}
