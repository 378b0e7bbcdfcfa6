/// Tag keys that mean something: MLflow's (https://mlflow.org/docs/latest/ml/tracking/#system-tags) and ours.
package enum MLflowTag {
    package static let parent = "mlflow.parentRunId"
    package static let runName = "mlflow.runName"
    package static let user = "mlflow.user"
    package static let sourceName = "mlflow.source.name"
    package static let sourceType = "mlflow.source.type"
    package static let gitCommit = "mlflow.source.git.commit"
    package static let gitBranch = "mlflow.source.git.branch"
    package static let gitRepository = "mlflow.source.git.repoURL"
    /// The run's description, which people write.
    package static let note = "mlflow.note.content"

    /// A status that MLflow has no word for: NotStarted or Preparing under SCHEDULED.
    package static let status = "runwatch.status"
    /// Milliseconds since 1970; its presence says that MLflow's start time is when the run was created.
    package static let created = "runwatch.created"
    package static let started = "runwatch.started"
    package static let failureCode = "runwatch.failure.code"
    package static let failureMessage = "runwatch.failure.message"
    /// Properties are tags with this prefix that are never written twice.
    package static let propertyPrefix = "runwatch.property."
    /// When a cancel was ordered; survives a client that overwrites KILLED as it dies.
    package static let cancel = "runwatch.cancel"
    /// MLflow's word for what a person decided over a supervisor's head; it outlives a client that writes another.
    package static let decided = "runwatch.decided"
    package static let supervisor = "runwatch.supervisor"
    package static let heartbeat = "runwatch.heartbeat"
    /// Present once the supervisor let go of the run: how the command ended, or `-`.
    package static let exit = "runwatch.exit"
    /// The artifact that holds the command's output, or `-` as long as there is none.
    package static let log = "runwatch.log"
    package static let sourceCommand = "runwatch.source.command"
    package static let sourceDirectory = "runwatch.source.directory"
    package static let sourceHost = "runwatch.source.host"

    /// Kept by machinery: not listed among a run's tags, yet found by filters. The description is a person's.
    package static func isMachinery(_ key: String) -> Bool {
        isOurs(key) || key.hasPrefix("mlflow.") && key != note
    }

    /// Kept by runwatch, so nobody edits it by hand.
    package static func isOurs(_ key: String) -> Bool { key.hasPrefix("runwatch.") }
}
