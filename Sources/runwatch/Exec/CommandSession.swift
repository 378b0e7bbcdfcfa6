import ArgumentParser
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices

/// A command as a run, from its beginning to its end: what `exec` and `submit` do alike.
struct CommandSession {
    let service: ServiceOptions
    /// Whether this is the process that stays behind when the shell has its prompt again.
    var isDetached = false
    /// The pid of the process that started this one: when it is gone, the command ends as by SIGTERM.
    var endWith: Int32?

    /// Returns once the command has ended and that is recorded.
    func run(
        _ request: (any SupervisedRunService) async throws -> ExecutionRequest
    ) async throws -> ExecutionOutcome {
        if isDetached { setsid() }
        guard let signals = SignalRelay.begin() else {
            throw RunServiceError(
                .unavailable, "This process has no file descriptor or thread left; close some programs.")
        }
        if let endWith { Self.endWhenOrphaned(by: endWith) }
        let runs = try await service.open(isPatient: true)
        // Runs that an earlier supervisor left behind; a dashboard may not be opened here for a long time.
        Task(priority: .utility) { await HostReaper(runs, clock: LocalStore.systemClock).look() }
        let supervisor = CommandSupervisor(service: runs, request: try await request(runs), note: Console.warn)
        let outcome = try await supervisor.run(signals: signals) { [isDetached] run in
            if isDetached { DetachedSupervisor.reportStarted(run.id) }
        }
        for note in outcome.notes { Console.warn("runwatch: \(note)") }
        return outcome
    }

    /// Ends this process as the command ended.
    func end(as outcome: ExecutionOutcome) throws -> Never {
        if case .signal(let number) = outcome.exit { ProcessEnd.bySignal(number) }
        throw ExitCode(outcome.shellStatus)
    }

    /// What is to be run, in an experiment that what it starts belongs to as well.
    func request(
        _ command: [[UInt8]], draft given: RunDraft, on runs: any SupervisedRunService,
        variables: [String: String] = [:]
    ) -> ExecutionRequest {
        var draft = given
        draft.noteExactly(command, variables: variables)
        // A parent in another run service does not exist here.
        let isNested =
            Environment.value("RUNWATCH_SERVICE").map(ServiceAddress.init) == ServiceAddress(runs.address)
        let outerRun = Environment.value("RUNWATCH_RUN_ID")
        if isNested { draft.parentID = outerRun.map { RunID($0) } }
        var environment: [String: String?] = variables.mapValues { $0 }
        environment["RUNWATCH_EXPERIMENT"] = draft.experimentName
        // Set for the outer command; what MLflow's client logs in this one is another run's.
        if let outerRun, Environment.value("MLFLOW_RUN_ID") == outerRun {
            environment.updateValue(nil, forKey: "MLFLOW_RUN_ID")
        }
        var request = ExecutionRequest(
            command: command, draft: draft, environment: environment, isAttached: !isDetached)
        request.inheritance = .atStart
        request.adoptsOrphans = true
        var usage = UsageSampling()
        // In the same run, it would log the same figures of the machine once more.
        let mlflow = Environment.value("MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING")?.lowercased() ?? ""
        usage.withMachine = !["true", "1"].contains(mlflow)
        request.usage = usage
        return request
    }

    private static func endWhenOrphaned(by parent: Int32) {
        Task {
            while getppid() == parent { try await Task.sleep(for: .milliseconds(500)) }
            kill(getpid(), SIGTERM)
        }
    }
}
