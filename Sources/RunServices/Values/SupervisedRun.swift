package import RunModel

/// A run whose supervisor has not let go of it: all that deciding on its fate needs.
package struct SupervisedRun: Sendable, Equatable {
    /// The run's id.
    package var id: RunID
    /// The run's status.
    package var status: RunStatus
    /// When the command started; nil when it has not.
    package var startedAt: Timestamp?
    /// The code of the failure that the run tells of, which says why it is NotResponding.
    package var failureCode: String?
    /// The supervisor, and when it was last heard.
    package var state: SupervisorState

    /// A run and its supervisor.
    package init(
        id: RunID, status: RunStatus, startedAt: Timestamp? = nil, failureCode: String? = nil, state: SupervisorState
    ) {
        self.id = id
        self.status = status
        self.startedAt = startedAt
        self.failureCode = failureCode
        self.state = state
    }
}

/// What becomes of a supervised run, given what its supervisor last said and what a host can prove.
package enum ReapVerdict: Sendable, Equatable {
    case leaveAlone
    /// The run is over, and its supervisor will not say so any more.
    case letGo
    case notResponding(RunFailure)
    /// Supervisor and command are gone; the run ended at about this time.
    case lost(RunFailure, endedAt: Timestamp)
    /// The failure, if any, says why only the status was changed.
    case canceled(RunFailure?)
    /// A cancel that no supervisor is left to obey: the command must end first.
    case endCommand
}

/// A run service that knows its supervised runs by itself and keeps what a host's reaper finds out about them.
package protocol ReapableRunService: SupervisedRunService {
    /// The runs whose supervisor has not let go of them.
    func supervisedRuns() async throws(RunServiceError) -> [SupervisedRun]

    /// Writes down what became of a run, unless the run is not as `run` says any more. `.leaveAlone` and `.endCommand`
    /// change nothing.
    func settle(_ run: SupervisedRun, as verdict: ReapVerdict) async throws(RunServiceError)
}

/// How far a host gets at the command of a run that no supervisor answers for.
package enum CommandReach: Sendable, Equatable {
    /// A record of this host proves whose it is, so that a cancel ends it.
    case proven
    /// Nothing of it is left.
    case gone
    /// A process that may be another's, since nothing on this host proves the contrary.
    case unproven(pid: Int32)
    /// On the host of this name, which alone can end it.
    case elsewhere(String)
    /// Its supervisor still runs on this host, though it is not heard.
    case supervised
    /// Nothing can be told of it from here, as within a container.
    case hidden
}

/// Looks after the processes of this host beside a run service.
package protocol HostKeeper: Sendable {
    /// Takes note of what changed and returns at once; whatever follows from it happens later.
    func take(_ batch: ChangeBatch)

    /// What a cancel would do here about the command of a run whose supervisor is not heard.
    func reach(of supervisor: Supervisor, for run: RunID) async -> CommandReach

    /// Cancels as `RunService.cancel` does, once the commands are gone that no supervisor is left to end.
    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run]

    /// Kills as `RunSteering.kill` does, and what is left here of a command that has no supervisor.
    func kill(_ id: RunID) async throws(RunServiceError) -> [Run]
}
