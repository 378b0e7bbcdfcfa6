import ArgumentParser
import RunExecution
import RunModel
import RunServices

/// How a command is run and stopped: what `exec` and `submit` offer alike.
struct ExecutionOptions: ParsableArguments {
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

    func validate() throws {
        if leaveBackground && pty == true {
            throw ValidationError("--pty ends with this command, so it cannot go with --leave-background.")
        }
        // A day: anything longer is a mistake, and must not overflow as milliseconds.
        guard (0...86_400).contains(grace) else { throw ValidationError("--grace takes 0 to 86400 seconds.") }
    }
}

extension ExecutionRequest {
    /// Takes over what the options say.
    mutating func apply(_ options: ExecutionOptions, on runs: any SupervisedRunService) async throws {
        if !options.systemMetrics { usage = nil }
        try await join(options.queue)
        stop.grace = Int64(options.grace * 1_000)
        stop.signal = options.stopSignal.name
        leavesBackground = options.leaveBackground
        terminal = options.pty.map { $0 ? .always : .never } ?? .automatic
        keepOutput = { run, sources in ExecOutputCommand.start(for: run, of: runs, sources) }
    }
}
