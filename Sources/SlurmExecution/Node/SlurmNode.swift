package import RunExecution
package import RunModel
import RunServices
package import SlurmCommands

/// A node of Slurm's, as the supervisor of a job finds itself on it.
package struct SlurmNode: Place {
    /// `42`, `42_3`.
    package let key: String
    /// The number that is this start of the job alone.
    private let number: Int
    private let restarts: Int
    private let killWait: Int64
    private let isGivenToAll: Bool
    /// For a question to Slurm.
    private let variables: [String: String]
    /// Tags of where the job is.
    package let tags: Tags

    /// Milliseconds, and part of Slurm's patience, that a question may take while the job is being ended.
    private static let deadline: Int64 = 5_000
    /// What Slurm gives a job unless it is configured otherwise.
    private static let usualKillWait = 30

    /// By the variables that Slurm gives a job; nil outside of one.
    package init?(environment: [String: String]) async {
        guard let text = environment["SLURM_JOB_ID"], let number = Int(text) else { return nil }
        self.number = number
        variables = SlurmTool.neutral(environment)
        let task = environment["SLURM_ARRAY_TASK_ID"].flatMap { Int($0) }
        key = task.flatMap { task in environment["SLURM_ARRAY_JOB_ID"].map { "\($0)_\(task)" } } ?? text
        restarts = environment["SLURM_RESTART_COUNT"].flatMap { Int($0) } ?? 0
        let setup = try? await SlurmTool(environment: environment).setup()
        killWait = Int64(setup?.killWait ?? Self.usualKillWait) * 1_000
        isGivenToAll = setup?.tracksByGroup != true
        var tags = Tags([(Run.slurmJobTag, key)])
        for (name, tag) in [
            ("SLURM_JOB_PARTITION", Run.slurmPartitionTag), ("SLURM_JOB_NODELIST", Run.slurmNodesTag),
            ("SLURM_ARRAY_TASK_ID", Run.slurmTaskTag),
        ] {
            if let value = environment[name], !value.isEmpty { tags.set(value, forKey: tag) }
        }
        if restarts > 0 { tags.set("\(restarts + 1)", forKey: Run.slurmAttemptTag) }
        self.tags = tags
    }

    /// Which start of the job this is, from 1 on.
    package var attempt: Int { restarts + 1 }

    /// The time that a command has of Slurm's `left`: the rest is for its end to be written down.
    private func grace(_ left: Int64) -> Int64 { max(0, left - min(5_000, max(1_000, killWait / 3))) }

    /// While a job is being ended Slurm calls it COMPLETING, whatever the cause; that can be told from other fields.
    package func ending() async -> PlaceEnding? {
        let asked = ContinuousClock.now
        let question = NodeQuestion(number: number, variables: variables, deadline: min(Self.deadline, killWait / 3))
        let job = await question.job()
        // Slurm counts from its signal, so the answer took of the command's time.
        let spent = asked.duration(to: .now) / .milliseconds(1)
        let left = killWait - Int64(min(spent, Double(killWait)))
        guard let job else {
            let message = "Slurm ended job \(key); its controller did not say why."
            return ending(.failed(RunFailure(code: "TERMINATED", message: message)), "TERMINATED", left)
        }
        return Self.cause(of: job, restarts: restarts, key: key).map { ending($0.outcome, $0.words, left) }
    }

    private func ending(_ outcome: PlaceEnding.Outcome, _ words: String, _ left: Int64) -> PlaceEnding {
        PlaceEnding(outcome, tags: [(Run.slurmStateTag, words)], grace: grace(left), isGivenToAll: isGivenToAll)
    }

    /// Nil for a job that is not being ended: the signal was a warning (`sbatch --signal`), or a person's.
    package static func cause(
        of job: SlurmJob, restarts: Int, key: String
    ) -> (outcome: PlaceEnding.Outcome, words: String)? {
        if job.restarts > restarts || job.state.isPending { return (.queued, "requeued") }
        if job.state.runStatus == .running || job.state.runStatus == .paused { return nil }
        var told = job
        if !job.state.isOver {
            let word =
                switch job.reason {
                case "TimeLimit": "TIMEOUT"
                case "NodeDown": "NODE_FAIL"
                case "OutOfMemory", "OOM": "OUT_OF_MEMORY"
                case "DeadLine": "DEADLINE"
                default: job.preemptedAt == nil ? "CANCELLED" : "PREEMPTED"
                }
            told.state = SlurmState(word)
        }
        let words = told.stateWords
        if told.state.runStatus == .canceled { return (.canceled, words) }
        return (.failed(RunFailure(code: told.state.word, message: "Slurm ended job \(key): \(words).")), words)
    }
}
