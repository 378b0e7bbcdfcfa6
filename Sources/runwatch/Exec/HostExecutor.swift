import ArgumentParser
import RunExecution
import RunModel
import RunServices

/// This host: a process of this program stays behind and makes the request itself, as the one that was called would have.
struct HostExecutor: Executor {
    /// The subcommand that was called, which knows `--detached`.
    let subcommand: String

    func submit(
        _ request: (any SupervisedRunService) async throws -> ExecutionRequest
    ) async throws -> Submission {
        let (id, status) = try await DetachedSupervisor.startedRun(subcommand)
        // The other process has said why.
        guard let id else { throw ExitCode(status) }
        return Submission(run: RunID(id))
    }
}

extension Executor {
    /// Has a command started, prints the run's id, and says what else there is to know.
    func start(_ request: (any SupervisedRunService) async throws -> ExecutionRequest) async throws {
        let submission = try await submit(request)
        for note in submission.notes { Console.warn("runwatch: \(note)") }
        try Console.deliver(Shown.lines(submission.run.text))
    }
}
