import ProcessTable
package import RunModel
package import RunServices

extension HostReaper {
    /// Looks at the process table, and at what supervisors have noted on this host.
    package func reach(of supervisor: Supervisor, for run: RunID) -> CommandReach {
        let record = RecordedCommands(records, of: service)[run]
        let host = record?.host ?? supervisor.host
        guard host == ProcessTable.hostName else { return .elsewhere(host) }
        let job = HostJob(claimed: supervisor, record: record, records: records, grace: grace)
        let evidence = job.evidence()
        if evidence.isSupervisorAlive == true { return .supervised }
        switch evidence.command {
        case .notStarted, .ended: return .gone
        case .unknown: return .hidden
        case .running:
            if job.isProvenOurs() { return .proven }
            return .unproven(pid: (record?.command ?? supervisor.command)?.pid ?? 0)
        }
    }
}
