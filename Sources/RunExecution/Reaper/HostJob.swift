import Glibc
import ProcessTable
import RunModel
import RunServices

/// A supervised command as this host's process table shows it.
struct HostJob: JobHandle {
    /// What the run service says, which others may have written: good enough to tell that nothing runs any more.
    let claimed: Supervisor
    /// What our own supervisor noted on this host; the only word on whom to signal.
    let record: OwnershipRecord?
    let records: OwnershipRecords
    /// Milliseconds from the signal to SIGKILL where the record says nothing else.
    let grace: Int64

    /// Milliseconds between looks while another process ends the command.
    private static let waitingInterval = 100

    func evidence() -> JobEvidence {
        let host = record?.host ?? claimed.host
        guard host == ProcessTable.hostName else { return JobEvidence(isSupervisorAlive: nil, command: .unknown) }
        let command = record.map(\.command) ?? claimed.command
        let state: JobEvidence.Command =
            switch command.map(\.isGroupAlive) {
            case nil: .notStarted
            case .some(true): .running
            case .some(false): .ended
            case .some(nil): .unknown
            }
        let supervisor = record?.supervisor ?? claimed.process
        return JobEvidence(
            isSupervisorAlive: supervisor.isAlive, isSupervisorStopped: supervisor.isStopped, command: state,
            isRecorded: record != nil)
    }

    func isProvenOurs() -> Bool { record?.isProven == true }

    func end() async {
        guard let record, let command = record.command else { return }
        while !Task.isCancelled {
            if let lock = records.lock(record.nonce) {
                if command.isGroupAlive == true { await end(command, holding: lock) }
                return
            }
            // Another dashboard is at it, or the record is gone, and with it the right to signal.
            guard records.all().contains(where: { $0.nonce == record.nonce }) else { return }
            try? await Task.sleep(for: .milliseconds(Self.waitingInterval))
        }
    }

    private func end(_ command: ProcessStamp, holding lock: OwnershipLock) async {
        guard lock.record.isProven else { return }
        let stop = lock.record.stop
        var termination = TreeTermination(
            CommandTree(leader: command.pid), grace: stop == StopTerms() ? grace : stop.grace,
            signal: SignalName.number(of: stop.signal) ?? SIGTERM, records: records, orderedAt: lock.record.orderedAt)
        if lock.record.orderedAt == nil {
            records.append(OwnershipRecord.field(orderedAt: ProcessTable.ticksNow), to: lock.record.nonce)
        }
        await termination.run()
        withExtendedLifetime(lock) {}
    }
}
