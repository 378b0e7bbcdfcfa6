package import RunExecution
package import RunModel
import RunServices
import SlurmCommands

/// A run's job as Slurm last told of it.
package struct SlurmJobHandle: JobHandle {
    /// The run that names the job.
    let run: RunID
    /// The parent whose array the run is a task of.
    let array: RunID?
    /// For Slurm's commands: `42`, `42_3`.
    let key: String
    /// Nil when Slurm does not know it.
    let job: SlurmJob?
    let tool: SlurmTool

    /// What the comment of a run's job says, by which it is known to be that run's.
    package static func comment(_ run: RunID) -> String { "rw:\(run.text)" }

    /// What can be told from Slurm, which knows nothing of the supervisor in it.
    package func evidence() -> JobEvidence {
        let command: JobEvidence.Command =
            switch job {
            case nil: .unknown
            case .some(let job) where job.state.isPending: .notStarted
            case .some(let job): job.state.isOver ? .ended : .running
            }
        return JobEvidence(isSupervisorAlive: nil, command: command, isRecorded: isProvenOurs())
    }

    /// A tag with a number proves nothing: anybody may have written it. The job's own comment must name the run, and
    /// Slurm lets nobody cancel another user's job.
    package func isProvenOurs() -> Bool {
        guard let job else { return false }
        return job.comment == Self.comment(run) || array.map { job.comment == Self.comment($0) } == true
    }

    /// `scancel`: SIGTERM, Slurm's grace period, SIGKILL. Returns once Slurm has the order.
    package func end() async { try? await tool.cancel([key]) }
}
