extension Run {
    /// The tag with the number of the Slurm job that executes the run: `42`, or `42_3` for a task of an array.
    package static let slurmJobTag = "slurm.job"
    /// The tag with the partition in which the job waits or runs.
    package static let slurmPartitionTag = "slurm.partition"
    /// The tag with the nodes that the job has, as Slurm abbreviates them: `gpu[01-03]`.
    package static let slurmNodesTag = "slurm.nodes"
    /// The tag with the number of the task within an array.
    package static let slurmTaskTag = "slurm.task"
    /// The tag that counts how often the job was started, from the second time on.
    package static let slurmAttemptTag = "slurm.attempt"
    /// The machine tag that tells which cluster the job's number is of.
    package static let slurmClusterTag = "mlflow.runwatch.slurm.cluster"
    /// The machine tag with the user on the cluster whose job it is.
    package static let slurmUserTag = "mlflow.runwatch.slurm.user"
    /// The machine tag with which tasks an array has; its children are one for each.
    package static let slurmArrayTag = "mlflow.runwatch.slurm.array"
    /// The machine tag with Slurm's word for the state of the job and why, in words.
    package static let slurmStateTag = "mlflow.runwatch.slurm.state"

    /// The job that a tag names, as a claim: others may have written it. Nil for none.
    package var slurmJob: String? {
        guard let value = tags.value(forKey: Self.slurmJobTag), let text = value, !text.isEmpty, text.utf8.count <= 40
        else { return nil }
        return text
    }

    /// Why the run's job waits, or how it ended, in Slurm's word and ours. Untrusted text.
    package var slurmState: String? { machineTags.value(forKey: Self.slurmStateTag) ?? nil }

    /// Whether it stands for an array, whose tasks are its children.
    package var isSlurmArray: Bool { machineTags.contains(Self.slurmArrayTag) }
}
