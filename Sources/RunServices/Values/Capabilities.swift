/// What a run service can do, as values that the dashboard reads to say why a key does nothing.
package struct Capabilities: Sendable, Equatable {
    /// Whether something can be done, and if not, why.
    package enum Support: Sendable, Equatable {
        case available
        /// The sentence shown instead of doing it.
        case unavailable(because: String)

        /// Nil when it is available.
        package var reason: String? {
            if case .unavailable(let reason) = self { reason } else { nil }
        }
    }

    /// Covers cancel, fail and complete.
    package var changeStatus: Support
    /// Whether a person can say how a run ended, where a cancel is possible: fail and complete.
    package var markEnded: Support
    /// Covers holding, releasing and requeueing the jobs of a scheduler.
    package var steerJobs: Support
    /// Who ends the processes of a run that is cancelled, where that is not a supervisor of ours: `Slurm`.
    package var ender: String?
    /// Covers a run's tags and its name.
    package var editTags: Support
    /// Whether a tag without a value differs from one with an empty value.
    package var keyOnlyTags: Support
    /// Covers reading the output and other text files of a run.
    package var readLogs: Support
    /// Covers deleting and restoring.
    package var deleteRuns: Support
    /// Whether deleted runs can be removed for good.
    package var purgeRuns: Support

    /// A service that can do everything except what is named, and removing runs, which is for few to do.
    package init(
        changeStatus: Support = .available, editTags: Support = .available, keyOnlyTags: Support = .available,
        readLogs: Support = .available,
        deleteRuns: Support = .unavailable(because: "This run service does not delete runs."),
        purgeRuns: Support = .unavailable(because: "This run service does not remove runs for good."),
        markEnded: Support = .available,
        steerJobs: Support = .unavailable(because: "Only jobs of Slurm are held, released and requeued."),
        ender: String? = nil
    ) {
        self.changeStatus = changeStatus
        self.markEnded = markEnded
        self.steerJobs = steerJobs
        self.ender = ender
        self.editTags = editTags
        self.keyOnlyTags = keyOnlyTags
        self.readLogs = readLogs
        self.deleteRuns = deleteRuns
        self.purgeRuns = purgeRuns
    }

    /// Why nothing is changed where whoever opened the service asked for that.
    package static let openedReadOnly =
        "This run service is opened to look only, by --read-only or by `read-only` in the configuration."

    /// The same service with every write refused for one reason, as `--read-only` asks.
    package func readOnly(because reason: String) -> Capabilities {
        var copy = self
        copy.changeStatus = .unavailable(because: reason)
        copy.editTags = .unavailable(because: reason)
        copy.markEnded = .unavailable(because: reason)
        copy.steerJobs = .unavailable(because: reason)
        copy.deleteRuns = .unavailable(because: reason)
        copy.purgeRuns = .unavailable(because: reason)
        return copy
    }
}

/// Which run service this is, for the header: never holds a password or token.
package struct ServiceDescription: Sendable, Equatable {
    /// One word: `local`, `mlflow`, `azureml`, `slurm`, `tensorboard`.
    package var kind: String
    /// Where it lives, as a person would write it (`~/.local/share/runwatch`).
    package var location: String
    /// How it came to be chosen (`MLFLOW_TRACKING_URI`, `in this directory`); empty when nothing is to say.
    package var reason: String
    /// What the user's configuration calls it; nil where that has no name for it.
    package var name: String?

    /// Describes a service; the texts must be free of credentials.
    package init(kind: String, location: String, reason: String = "", name: String? = nil) {
        self.kind = kind
        self.location = location
        self.reason = reason
        self.name = name
    }
}
