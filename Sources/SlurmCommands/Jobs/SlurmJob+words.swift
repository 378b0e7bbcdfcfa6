extension SlurmJob {
    /// Slurm's words for the job's state and its reason, and what they mean: `TIMEOUT (TimeLimit): it reached its time limit`.
    package var stateWords: String {
        // A reason may be a whole sentence of Slurm's.
        let reason = String(reason.prefix(200))
        if state.isPending {
            if reason.isEmpty { return "\(state.word): Slurm has not looked at it yet" }
            return Self.waiting(reason).map { "\(reason): \($0)" } ?? reason
        }
        let word = state.detail.isEmpty ? state.word : "\(state.word) \(state.detail)"
        let named = reason.isEmpty || reason == state.word ? word : "\(word) (\(reason))"
        return ending.map { "\(named): \($0)" } ?? named
    }

    /// What an end means; nil where Slurm's word says all that is known.
    private var ending: String? {
        switch state.word {
        case "TIMEOUT": "it reached its time limit"
        case "NODE_FAIL": "its node failed"
        case "OUT_OF_MEMORY": "it used more memory than it asked for"
        case "PREEMPTED": "another job took its place"
        case "DEADLINE": "it could not end before its deadline"
        case "BOOT_FAIL": "its node did not start"
        case "FAILED": exit.flatMap(Self.failure)
        default: nil
        }
    }

    private static func failure(_ exit: SlurmExit) -> String? {
        switch (exit.status, exit.signal) {
        // A number of Slurm's own, which no system has as a signal.
        case (_, 53): "the output file cannot be written, or the directory is not there"
        case (let status, 0): status == 0 ? nil : "its script ended with status \(status)"
        case (_, let signal): "its script was killed by signal \(signal)"
        }
    }

    /// Why a job waits; nil for a reason that is not known here, or is a sentence already.
    private static func waiting(_ reason: String) -> String? {
        switch reason {
        case "Resources": "it waits for free nodes"
        case "Priority": "jobs of higher priority are before it"
        case "Dependency": "it waits for another job"
        case "DependencyNeverSatisfied": "it never starts, since the job it depends on did not end as it should"
        case "BeginTime": "it waits for its begin time"
        case "JobHeldUser": "it is held, until `scontrol release`"
        case "JobHeldAdmin": "it is held by an administrator"
        case "JobArrayTaskLimit": "as many tasks of its array run as may at a time"
        case "PartitionConfig": "it asks for more than its partition has, so it will not start as it is"
        case "PartitionTimeLimit": "its time limit is above the partition's, so it will not start as it is"
        case "PartitionNodeLimit": "it asks for more nodes than its partition gives"
        case "PartitionDown", "PartitionInactive": "its partition starts no jobs now"
        case "BadConstraints": "no node has what it asks for"
        case "NodeDown", "ReqNodeNotAvail": "nodes that it needs are not available"
        case "Licenses": "it waits for a license"
        case "Reservation", "ReservationDeleted": "its reservation is not there yet, or no more"
        case "InvalidAccount", "InvalidQOS": "its account or quality of service does not exist"
        case "launch_failed_requeued_held", "launch failed requeued held": "it could not be launched, and is held now"
        case let reason where reason.hasPrefix("QOS") || reason.hasPrefix("Assoc"): "a limit of its account is reached"
        default: nil
        }
    }
}
