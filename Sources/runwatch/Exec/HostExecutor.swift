import ArgumentParser
import RunExecution
import RunModel

/// This host: a process of this program stays behind and makes the request itself, as the one that was called would have.
struct HostExecutor: Executor {
    /// The subcommand that was called, which knows `--detached`.
    let subcommand: String

    func submit(_ request: () async throws -> ExecutionRequest) async throws -> Submission {
        let (id, status) = try await DetachedSupervisor.startedRun(subcommand)
        // The other process has said why.
        guard let id else { throw ExitCode(status) }
        return Submission(run: RunID(id))
    }

    /// As `submit`, and prints the run's id.
    func submit() async throws { print(try await submit { throw ExitCode.failure }.run.text) }
}
