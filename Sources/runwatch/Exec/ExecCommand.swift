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
    @OptionGroup var queue: QueueOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Seconds that a cancel gives the command to end, to save a checkpoint for instance, until what is left is killed.",
            valueName: "seconds"))
    var grace: Double = Double(ExecutionRequest.defaultGrace) / 1_000

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How a cancel asks the command to end: TERM, INT, HUP, QUIT, USR1 or USR2.", valueName: "signal"))
    var stopSignal: StopSignal = StopSignal()

    @Flag(name: .long, help: "Print the run's id and return; the run goes on without the terminal.")
    var detach = false

    @Flag(
        name: .long,
        help: "End the run with the command's first process; what it leaves in the background goes on by itself.")
    var leaveBackground = false

    @Flag(
        inversion: .prefixedNo,
        help: "Give the command a terminal of its own, or pipes; by default a terminal where this command has one.")
    var pty: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Record every 10 s what the command uses of CPU, memory, disks and GPUs, as metrics under system/.")
    var systemMetrics = true

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
        if leaveBackground && pty == true {
            throw ValidationError("--pty ends with this command, so it cannot go with --leave-background.")
        }
        if commandLine.isEmpty { throw ValidationError("There is no command to run; give one after '--'.") }
        if let first = command.first, first.hasPrefix("-"), first != "--" {
            throw ValidationError("Unknown option '\(first)'; a command follows after '--'.")
        }
        // A day: anything longer is a mistake, and must not overflow as milliseconds.
        guard (0...86_400).contains(grace) else { throw ValidationError("--grace takes 0 to 86400 seconds.") }
    }

    func run() async throws {
        if asksForHelp { throw CleanExit.helpRequest(Self.self) }
        let executor = try await placement.executor(
            of: "exec", isDetached: detach && !detached, service, queue: queue.queue)
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
            on: runs,
            grace: Int64(grace * 1_000))
        if !systemMetrics { request.usage = nil }
        try await request.join(queue)
        request.stop.signal = stopSignal.name
        request.leavesBackground = leaveBackground
        request.terminal = pty.map { $0 ? .always : .never } ?? .automatic
        request.keepOutput = { run, sources in ExecOutputCommand.start(for: run, of: runs, sources) }
        return request
    }
}
