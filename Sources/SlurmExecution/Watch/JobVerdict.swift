package import RunModel
package import RunServices
package import SlurmCommands

/// What a job means for its run.
package enum JobVerdict: Equatable, Sendable {
    case leaveAlone
    /// It waits, for this reason.
    case waits(String)
    /// It was running and waits again.
    case requeued(String)
    /// It is over, and so is the run.
    case ended(Transition, state: String)

    /// What is known of a run when its job is judged.
    package struct Facts: Sendable {
        /// As its service has it.
        package var status: RunStatus
        /// Whether its supervisor was heard a moment ago and has not let go of it.
        package var isHeard: Bool
        /// Whether its command ever began.
        package var hasStarted: Bool
        /// For the sentence.
        package var key: String
        /// Whether it is a task that waited a moment ago in an array that Slurm knows, without this task.
        package var hasLeftItsArray: Bool

        /// What was found out.
        package init(
            status: RunStatus, isHeard: Bool, hasStarted: Bool, key: String, hasLeftItsArray: Bool = false
        ) {
            self.status = status
            self.hasLeftItsArray = hasLeftItsArray
            self.isHeard = isHeard
            self.hasStarted = hasStarted
            self.key = key
        }
    }

    /// Slurm's words after which processes of the job may live on: the controller did not hear of their end.
    private static let unconfirmed: Set<String> = [
        "NODE_FAIL", "BOOT_FAIL", "REVOKED", "LAUNCH_FAILED", "RECONFIG_FAIL",
    ]

    /// - Parameter job: nil when Slurm does not know it any more, and its accounting neither.
    package init(_ facts: Facts, _ job: SlurmJob?) {
        guard !facts.status.isTerminal else {
            self = .leaveAlone
            return
        }
        guard let job else {
            self = facts.isHeard ? .leaveAlone : Self.forgotten(facts)
            return
        }
        if job.state.isPending {
            self = Self.waiting(facts, job)
        } else if job.state.isOver {
            let mayLiveOn = facts.isHeard && Self.unconfirmed.contains(job.state.word)
            self = mayLiveOn ? .leaveAlone : Self.over(facts, job)
        } else {
            self = .leaveAlone
        }
    }

    private static func waiting(_ facts: Facts, _ job: SlurmJob) -> JobVerdict {
        switch facts.status {
        case .notStarted, .queued, .preparing: .waits(job.stateWords)
        // The node may be out of the controller's reach, and the command still be there.
        case _ where facts.isHeard: .leaveAlone
        case .cancelRequested: .ended(.canceled, state: job.stateWords)
        default: .requeued("requeued: " + job.stateWords)
        }
    }

    private static func over(_ facts: Facts, _ job: SlurmJob) -> JobVerdict {
        let state = job.stateWords
        if facts.status == .cancelRequested { return .ended(.canceled, state: state) }
        switch job.state.word {
        case "CANCELLED", "REVOKED": return .ended(.canceled, state: state)
        case "COMPLETED" where facts.hasStarted: return .ended(.complete, state: state)
        case "COMPLETED":
            let message = "Job \(facts.key) ended (COMPLETED) before the command was started; its output says why."
            return .ended(.fail(RunFailure(code: job.state.word, message: message)), state: state)
        default:
            let isEarly = job.state.word == "FAILED" && !facts.hasStarted
            let message =
                "Slurm ended job \(facts.key): \(state)"
                + (isEarly ? ", before the command was started; the job's output says why." : ".")
            return .ended(.fail(RunFailure(code: job.state.word, message: message)), state: state)
        }
    }

    private static func forgotten(_ facts: Facts) -> JobVerdict {
        if facts.status == .cancelRequested { return .ended(.canceled, state: "no longer known to Slurm") }
        if facts.hasLeftItsArray && !facts.hasStarted {
            return .ended(.canceled, state: "CANCELLED: it was taken out of its array before it began")
        }
        let message =
            "Slurm no longer knows job \(facts.key), and nothing tells how it ended: its supervisor is not heard, and "
            + "Slurm forgets a job some minutes after its end."
        return .ended(.fail(RunFailure(code: "JobForgotten", message: message)), state: "no longer known to Slurm")
    }
}
