import RunModel

/// Tag keys that mean something: MLflow's (https://mlflow.org/docs/latest/ml/tracking/#system-tags) and ours.
package enum MLflowTag {
    /// The id of the run's parent.
    package static let parent = "mlflow.parentRunId"
    /// The run's name, which older versions of MLflow keep only here.
    package static let runName = "mlflow.runName"
    /// The name of the user who created the run.
    package static let user = "mlflow.user"
    /// The script or program that the run executes.
    package static let sourceName = "mlflow.source.name"
    /// How the run was started; `LOCAL` for a command line.
    package static let sourceType = "mlflow.source.type"
    /// The git commit of the code, in hexadecimal digits.
    package static let gitCommit = "mlflow.source.git.commit"
    /// The git branch that was checked out.
    package static let gitBranch = "mlflow.source.git.branch"
    /// The address of the git repository.
    package static let gitRepository = "mlflow.source.git.repoURL"
    /// The run's description, which people write.
    package static let note = "mlflow.note.content"

    /// A status that MLflow has no word for: NotStarted or Preparing under SCHEDULED.
    package static let status = "runwatch.status"
    /// Milliseconds since 1970; its presence says that MLflow's start time is when the run was created.
    package static let created = "runwatch.created"
    /// Milliseconds since 1970 at which a run with `created` began to run.
    package static let started = "runwatch.started"
    /// The error code that was given when the run was marked failed.
    package static let failureCode = "runwatch.failure.code"
    /// The message that was given when the run was marked failed.
    package static let failureMessage = "runwatch.failure.message"
    /// Properties are tags with this prefix that are never written twice.
    package static let propertyPrefix = "runwatch.property."
    /// When a cancel was ordered; survives a client that overwrites KILLED as it dies.
    package static let cancel = "runwatch.cancel"
    /// MLflow's word for what a person decided over a supervisor's head; it outlives a client that writes another.
    package static let decided = "runwatch.decided"
    /// The processes that own the run's lifetime, as `MLflowSupervision` writes them.
    package static let supervisor = "runwatch.supervisor"
    /// Milliseconds since 1970 at which the supervisor last said that it lives.
    package static let heartbeat = "runwatch.heartbeat"
    /// Present once the supervisor let go of the run: how the command ended, or `-`.
    package static let exit = "runwatch.exit"
    /// The artifact that holds the command's output, or `-` as long as there is none.
    package static let log = "runwatch.log"
    /// The run whose command created this one through MLflow's own client.
    package static let execution = Run.executionTag
    /// The command and its arguments, separated by U+001F.
    package static let sourceCommand = "runwatch.source.command"
    /// The directory in which the command was started.
    package static let sourceDirectory = "runwatch.source.directory"
    /// The name of the host on which the command was started.
    package static let sourceHost = "runwatch.source.host"

    /// Kept by machinery: not listed among a run's tags, yet found by filters. The description is a person's.
    package static func isMachinery(_ key: String) -> Bool {
        isOurs(key) || key.hasPrefix("mlflow.") && key != note
    }

    /// Kept by runwatch, so people cannot edit it by hand.
    package static func isOurs(_ key: String) -> Bool { key.hasPrefix("runwatch.") }
}
