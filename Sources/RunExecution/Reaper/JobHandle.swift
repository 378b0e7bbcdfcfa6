/// What was started for a run, as seen from here: the processes of a command today, a job of a cluster another day.
package protocol JobHandle: Sendable {
    /// What can be told of it now.
    func evidence() -> JobEvidence

    /// Whether a record that only this user can write proves that the job is this run's, so that it may be ended.
    func isProvenOurs() -> Bool

    /// Asks the job to end, and ends it after the grace period. Processes are gone when this returns; a cluster has the order
    /// then, unless it could not be reached: evidence tells.
    func end() async
}

/// What can be told of a run's supervisor and of what it started.
package struct JobEvidence: Sendable, Equatable {
    /// What is left of what a supervisor started.
    package enum Command: Sendable, Equatable {
        case notStarted, running, ended
        /// On another host, or behind a wall that hides processes.
        case unknown
    }

    /// Nil when it cannot be told from here.
    package var isSupervisorAlive: Bool?
    /// The supervisor is there and runs no further until a signal continues it.
    package var isSupervisorStopped: Bool
    /// What is left of the command.
    package var command: Command
    /// Whether the answers come from a record of this host rather than from what the run service says.
    package var isRecorded: Bool

    /// The answers of one look.
    package init(
        isSupervisorAlive: Bool?, isSupervisorStopped: Bool = false, command: Command, isRecorded: Bool = false
    ) {
        self.isSupervisorAlive = isSupervisorAlive
        self.isSupervisorStopped = isSupervisorStopped
        self.command = command
        self.isRecorded = isRecorded
    }
}
