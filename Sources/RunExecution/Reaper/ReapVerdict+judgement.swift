package import RunModel
package import RunServices

extension ReapVerdict {
    /// Decides on a supervised run at `now`; of what a service claims nothing but an end is believed.
    package init(_ run: SupervisedRun, _ evidence: JobEvidence, at now: Timestamp) {
        let isSilent = !Heartbeat.isFresh(run.state.lastHeartbeat, at: now)
        let isGone = evidence.isSupervisorAlive == false
        if run.status == .canceled && isGone && evidence.isRecorded && evidence.command == .running {
            // Cancelled from where the command could not be reached.
            self = .endCommand
        } else if run.status.isTerminal {
            self = isSilent || isGone ? .letGo : .leaveAlone
        } else if isGone, evidence.command != .unknown {
            self = Self.withoutSupervisor(run, evidence.command, at: now)
        } else if isSilent && run.status == .cancelRequested {
            // What a cancel would do that was asked for only now.
            let isHeld = evidence.isSupervisorAlive == true && evidence.isRecorded
            self = isHeld ? .leaveAlone : .canceled(nil)
        } else if isSilent && evidence.isSupervisorStopped && run.failureCode != SupervisorLoss.stoppedCode {
            self = .notResponding(SupervisorLoss.stopped(run.state.supervisor))
        } else if isSilent && run.status != .notResponding {
            self = .notResponding(SupervisorLoss.silent(host: run.state.supervisor.host))
        } else {
            self = .leaveAlone
        }
    }

    private static func withoutSupervisor(
        _ run: SupervisedRun, _ command: JobEvidence.Command, at now: Timestamp
    ) -> ReapVerdict {
        guard command == .running, let process = run.state.supervisor.command else {
            if run.status == .cancelRequested { return .canceled(nil) }
            let supervisor = run.state.supervisor
            let wasStarted = command != .notStarted || run.startedAt != nil
            let reason = wasStarted ? SupervisorLoss.ended(supervisor) : SupervisorLoss.neverStarted(supervisor)
            return .lost(reason, endedAt: lastSign(of: run, at: now))
        }
        if run.status == .cancelRequested { return .endCommand }
        if isKnownOrphan(run) { return .leaveAlone }
        return .notResponding(SupervisorLoss.orphaned(run.state.supervisor, process))
    }

    private static func isKnownOrphan(_ run: SupervisedRun) -> Bool {
        run.status == .notResponding && run.failureCode == SupervisorLoss.code
    }

    /// A command seen alive without its supervisor ended just now; otherwise the last heartbeat is the last that is known.
    private static func lastSign(of run: SupervisedRun, at now: Timestamp) -> Timestamp {
        if isKnownOrphan(run) { return now }
        // A heartbeat from the future says nothing of when the run ended.
        let heartbeat = min(run.state.lastHeartbeat, now)
        return max(heartbeat, run.startedAt ?? heartbeat)
    }
}
