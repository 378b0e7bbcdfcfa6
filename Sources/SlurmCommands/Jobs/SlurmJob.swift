package import RunModel

/// A job as Slurm told of it: one line of `squeue` or `sacct`. All texts are others'.
package struct SlurmJob: Equatable, Sendable {
    /// Slurm's number of the job. The tasks of an array get numbers of their own as they start; the last one keeps the array's.
    package var id: Int
    /// The number by which the array was submitted; nil for a job that is none of an array's.
    package var arrayJob: Int?
    /// Which tasks this is; nil for a job that is none of an array's.
    package var arrayTask: SlurmArrayTask?
    /// As submitted.
    package var name: String = ""
    /// Whose job it is.
    package var user: String = ""
    /// Empty where there is none.
    package var comment: String = ""
    /// Several with commas while it waits for any of them.
    package var partition: String = ""
    /// The nodes that it has or had, as Slurm abbreviates them: `gpu[01-03]`; empty before it has any.
    package var nodes: String = ""
    /// Where it is in its life, in Slurm's word.
    package var state: SlurmState
    /// Slurm's word for why it waits or how it ended; empty for `None`.
    package var reason: String = ""
    /// Nil where Slurm did not say.
    package var submittedAt: Timestamp?
    /// Of a job that waits this is a guess, and of a requeued one it is in the future: no proof that it runs.
    package var startsAt: Timestamp?
    /// When it ended; of a job that runs, when its limit will end it.
    package var endsAt: Timestamp?
    /// Seconds that it may take; nil without a limit, or when Slurm did not say.
    package var timeLimit: Int?
    /// As Slurm counts it, nil before the end.
    package var exit: SlurmExit?
    /// Where its output goes, an absolute path as `SlurmJob.outputPath` needs it: perhaps with `%A` in it; empty when unknown.
    package var standardOutput: String = ""
    /// Where its errors go; empty when unknown.
    package var standardError: String = ""
    /// Where it was submitted.
    package var workDirectory: String = ""
    /// How often Slurm began it anew.
    package var restarts: Int = 0
    /// When a job of higher priority took its place; nil for never.
    package var preemptedAt: Timestamp?
    /// What it waits for: `afterok:12(unfulfilled)`; empty for nothing.
    package var dependency: String = ""
    /// How many nodes and cores it asked for; 0 when unknown.
    package var nodeCount: Int = 0
    /// Cores over all nodes.
    package var coreCount: Int = 0
    /// What was granted: `cpu=4,mem=8G,gres/gpu=2`; empty when unknown.
    package var resources: String = ""
    /// Empty when unknown.
    package var account: String = ""

    /// A job of which nothing else is known.
    package init(id: Int, state: SlurmState) {
        self.id = id
        self.state = state
    }

    /// The one name of it that never changes, for Slurm's commands too: `7`, `7_3`. Waiting tasks of an array are `7`.
    package var key: String {
        guard let arrayJob else { return "\(id)" }
        if case .number(let task) = arrayTask { return "\(arrayJob)_\(task)" }
        return "\(arrayJob)"
    }

    /// When it began to run; nil for a job that waits, whatever Slurm guesses, and for one that never had a node.
    package var startedAt: Timestamp? {
        state.isPending || state.isOver && nodes.isEmpty ? nil : startsAt
    }

    /// When it ended; nil before that.
    package var endedAt: Timestamp? { state.isOver ? endsAt : nil }
}

/// How a job's script ended.
package struct SlurmExit: Hashable, Sendable {
    /// Its exit status.
    package var status: Int
    /// The signal that ended it, 0 for none. Slurm uses some that no system has: 53 for output that cannot be written.
    package var signal: Int

    /// An end by status or by signal.
    package init(status: Int, signal: Int) {
        self.status = status
        self.signal = signal
    }

    /// Reads `3:0`, as `scontrol` and `sacct` write it, or the status of wait(2) that `squeue` prints.
    package init?(_ text: some StringProtocol) {
        if let colon = text.firstIndex(of: ":") {
            guard let status = Int(text[..<colon]), let signal = Int(text[text.index(after: colon)...]) else {
                return nil
            }
            self.init(status: status & 0xff, signal: signal & 0x7f)
        } else {
            guard let raw = UInt32(text) else { return nil }
            let signal = Int(raw & 0x7f)
            self.init(status: signal == 0 ? Int(raw >> 8 & 0xff) : 0, signal: signal)
        }
    }
}
