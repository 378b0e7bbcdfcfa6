import ArgumentParser
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices

/// `runwatch exec`: starts a command as a run.
struct ExecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run a command as a run that can be watched and cancelled.",
        usage: "runwatch exec [options] -- <command> ...",
        discussion: """
            The command behaves as without `runwatch exec`: on a terminal it has one, and it finds the environment, files \
            and limits of its caller. Its output also goes to the run's log, signals are passed on, and its exit status \
            becomes this one. The run lasts until what the command starts in the background has ended, too. A \
            `runwatch exec` within the command makes a child run.

              runwatch exec -e sweep-lr --param lr=0.1 -- python train.py
              runwatch exec --on slurm --sbatch "-p gpu --gpus=1" -- python train.py
            """)

    @OptionGroup var placement: PlacementOptions
    @OptionGroup var experiment: ExperimentOption
    @OptionGroup var draft: DraftOptions
    @OptionGroup var execution: ExecutionOptions

    /// Set by `--detach` for the process that stays behind.
    @Flag(name: .long, help: .private)
    var detached = false

    /// The pid of the process that started this one: when it is gone, the command ends as by SIGTERM.
    @Option(name: .long, help: .private)
    var endWith: Int32?

    @OptionGroup var service: ServiceOptions

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What to run.", valueName: "command"))
    var command: [String] = []

    /// The passthrough of the command's words takes these, too.
    private var asksForHelp: Bool { command.first == "-h" || command.first == "--help" }

    func validate() throws {
        if asksForHelp { return }
        if commandLine.isEmpty { throw ValidationError("There is no command to run; give one after '--'.") }
        if let first = command.first, first.hasPrefix("-"), first != "--" {
            throw ValidationError("Unknown option '\(first)'; a command follows after '--'.")
        }
    }

    func run() async throws {
        if asksForHelp { throw CleanExit.helpRequest(Self.self) }
        let executor = try await placement.executor(
            of: "exec", isDetached: execution.detach && !detached, service, queue: execution.queue.queue)
        if let executor { return try await executor.start(request) }
        try session.end(as: try await session.run { runs in try await request(on: runs) })
    }

    private var session: CommandSession {
        CommandSession(service: service, isDetached: detached, endWith: endWith)
    }

    private var commandLine: [String] { command.first == "--" ? Array(command.dropFirst()) : command }

    private func request(on runs: any SupervisedRunService) async throws -> ExecutionRequest {
        let directory = Environment.currentDirectory
        let source = CommandSource.of(commandLine, in: directory)
        let experiment = try await experiment.name(on: runs, directory: directory)
        var request = session.request(
            CommandText.exact(commandLine), draft: try draft.draft(experimentName: experiment, source: source),
            on: runs)
        try await request.apply(execution, on: runs)
        return request
    }
}
