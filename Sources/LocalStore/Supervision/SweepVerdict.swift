import Glibc
import RunModel
import RunServices

/// What becomes of a supervised run, given what its supervisor last said and what this host's processes prove.
enum SweepVerdict: Equatable {
    case leaveAlone
    /// The run is over and nobody is left to say goodbye.
    case forgetSupervisor
    case notResponding(RunFailure)
    /// Supervisor and command are gone; the run ended at about this time.
    case lost(RunFailure, endedAt: Timestamp)
    case canceled
    /// Nobody but the store can obey the cancel request: send this signal to the command's group.
    case end(signal: Int32)

    /// Milliseconds between SIGTERM and SIGKILL, as for a cancel that a supervisor obeys (contract clause 3).
    static let grace: Int64 = 10_000

    init(_ run: Supervision, at now: Timestamp) {
        let isSilent = now.milliseconds(since: run.state.lastHeartbeat) > Heartbeat.silenceLimit
        let isProvenGone = run.isHere && run.supervisor.process.isAlive == false
        if run.status.isTerminal {
            self = isSilent || isProvenGone ? .forgetSupervisor : .leaveAlone
        } else if isProvenGone, let verdict = Self.withoutSupervisor(run, at: now) {
            self = verdict
        } else if isSilent && run.status == .cancelRequested {
            // What a cancel would do that was asked for only now.
            self = run.isLive(at: now) ? .leaveAlone : .canceled
        } else if isSilent && run.status != .notResponding {
            self = .notResponding(SweepMessage.silent(host: run.supervisor.host))
        } else {
            self = .leaveAlone
        }
    }

    /// Nil when nothing can be told of the command.
    private static func withoutSupervisor(_ run: Supervision, at now: Timestamp) -> SweepVerdict? {
        let isCancelRequested = run.status == .cancelRequested
        guard let command = run.supervisor.command else {
            return isCancelRequested ? .canceled : gone(run, now)
        }
        guard let isAlive = command.isGroupAlive else { return nil }
        if !isAlive {
            return isCancelRequested ? .canceled : gone(run, now)
        }
        if isCancelRequested {
            guard let terminatedAt = run.terminatedAt else { return .end(signal: SIGTERM) }
            return now.milliseconds(since: terminatedAt) >= grace ? .end(signal: SIGKILL) : .leaveAlone
        }
        if run.status == .notResponding && run.failureCode == SupervisorLoss.code { return .leaveAlone }
        return .notResponding(SupervisorLoss.orphaned(run.supervisor, command))
    }

    private static func gone(_ run: Supervision, _ now: Timestamp) -> SweepVerdict {
        .lost(SupervisorLoss.ended(run.supervisor), endedAt: lastSign(of: run, now))
    }

    /// A command seen alive without its supervisor ended just now; otherwise the last heartbeat is the last that is known.
    private static func lastSign(of run: Supervision, _ now: Timestamp) -> Timestamp {
        if run.status == .notResponding && run.failureCode == SupervisorLoss.code { return now }
        return max(run.state.lastHeartbeat, run.startedAt ?? run.state.lastHeartbeat)
    }
}

/// What a run says of a supervisor that is silent.
enum SweepMessage {
    static func silent(host: String?) -> RunFailure {
        let place = host.map { " on \(Shown.text($0))" } ?? ""
        return RunFailure(
            code: "SupervisorSilent",
            message: "The supervisor\(place) has sent no heartbeat for more than \(Heartbeat.silenceLimit / 1_000) s; "
                + "the command may still run.")
    }
}
