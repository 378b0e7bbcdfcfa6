import LocalStore
import ProcessTable
import RunExecution
import RunServices
import SlurmCommands
import SlurmExecution

/// What looks after processes and jobs beside a run service.
enum RunKeeper {
    /// Nothing is asked before a run names a job.
    static func keeper(of service: any SupervisedRunService) -> JobKeeper {
        let environment = Environment.all
        let tool = SlurmTool(environment: environment)
        let snapshot = SharedSnapshot(
            tool, of: .me, in: SharedSnapshot.directory(environment: environment, host: ProcessTable.hostName),
            interval: SharedSnapshot.interval(environment: environment), clock: LocalStore.systemClock)
        return JobKeeper(
            reaper: HostReaper(service, clock: LocalStore.systemClock),
            watch: JobWatch(service, tool: tool, snapshot: snapshot, clock: LocalStore.systemClock))
    }
}
