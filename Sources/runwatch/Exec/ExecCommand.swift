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
            """)

    @Option(name: .shortAndLong, help: "By default RUNWATCH_EXPERIMENT, else the name of the current directory.")
    var experiment: String?

    @Option(name: .long, help: "The run's name; by default the command's.")
    var name: String?

    @Option(
        name: .long, help: ArgumentHelp("A tag, with or without a value; may be repeated.", valueName: "key[=value]"))
    var tag: [KeyValue] = []

    @Option(name: .long, help: ArgumentHelp("A fact that never changes; may be repeated.", valueName: "key=value"))
    var property: [KeyValue] = []

    @Option(name: .long, help: ArgumentHelp("An input of the run; may be repeated.", valueName: "key=value"))
    var param: [KeyValue] = []

    @Option(name: .long, help: "Seconds between SIGTERM and SIGKILL after a cancel.")
    var grace: Double = Double(ExecutionRequest.defaultGrace) / 1_000

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
        for pair in property { _ = try pair.requireValue("--property") }
        for pair in param { _ = try pair.requireValue("--param") }
    }

    func run() async throws {
        if asksForHelp { throw CleanExit.helpRequest(Self.self) }
        if detach && !detached { throw ExitCode(try await DetachedSupervisor.start()) }
        if detached { setsid() }
        guard let signals = SignalRelay.begin() else {
            throw RunServiceError(
                .unavailable, "This process has no file descriptor or thread left; close some programs.")
        }
        if let endWith { endWhenOrphaned(by: endWith) }
        let runs = try await service.open(isPatient: true)
        // Runs that an earlier supervisor left behind; a dashboard may not be opened here for a long time.
        Task(priority: .utility) { await HostReaper(runs, clock: LocalStore.systemClock).look() }
        let supervisor = CommandSupervisor(service: runs, request: try await request(on: runs), note: Console.warn)
        let outcome = try await supervisor.run(signals: signals) { run in
            if detached { DetachedSupervisor.reportStarted(run.id) }
        }
        for note in outcome.notes { Console.warn("runwatch: \(note)") }
        if case .signal(let number) = outcome.exit { ProcessEnd.bySignal(number) }
        throw ExitCode(outcome.shellStatus)
    }

    private var commandLine: [String] { command.first == "--" ? Array(command.dropFirst()) : command }

    /// The command's words as the system has them; the parser knows them only as text.
    private var exactCommandLine: [[UInt8]] {
        let words = commandLine
        let exact = Array(CommandText.arguments.suffix(words.count))
        let isSame = exact.map { String(decoding: $0, as: UTF8.self) } == words
        return isSame ? exact : words.map { Array($0.utf8) }
    }

    private func request(on runs: any SupervisedRunService) async throws -> ExecutionRequest {
        let directory = Environment.currentDirectory
        let source = CommandSource.of(commandLine, in: directory)
        let experiment = try await experimentName(on: runs, directory: directory)
        // A parent in another run service does not exist here.
        let isNested =
            Environment.value("RUNWATCH_SERVICE").map(ServiceAddress.init) == ServiceAddress(runs.address)
        let outerRun = Environment.value("RUNWATCH_RUN_ID")
        let draft = RunDraft(
            experimentName: experiment, name: name ?? RunNaming.run(source),
            parentID: isNested ? outerRun.map { RunID($0) } : nil, user: Environment.userName,
            tags: Tags(tag.map { ($0.key, $0.value) }),
            properties: Properties(try property.map { try $0.requireValue("--property") }),
            params: Params(try param.map { try $0.requireValue("--param") }), source: source)
        var environment: [String: String?] = ["RUNWATCH_EXPERIMENT": experiment]
        // Set for the outer command; what MLflow's client logs in this one is another run's.
        if let outerRun, Environment.value("MLFLOW_RUN_ID") == outerRun {
            environment.updateValue(nil, forKey: "MLFLOW_RUN_ID")
        }
        var request = ExecutionRequest(
            command: exactCommandLine, draft: draft, environment: environment, grace: Int64(grace * 1_000),
            isAttached: !detached)
        request.inheritance = .atStart
        request.adoptsOrphans = true
        request.leavesBackground = leaveBackground
        request.terminal = pty.map { $0 ? .always : .never } ?? .automatic
        request.keepOutput = { run, sources in ExecOutputCommand.start(for: run, of: runs, sources) }
        return request
    }

    private func experimentName(
        on runs: any SupervisedRunService, directory: String
    ) async throws(RunServiceError) -> String {
        if let named = experiment ?? Environment.value("RUNWATCH_EXPERIMENT") { return named }
        return try await runs.experimentName(in: Environment.all) ?? RunNaming.experiment(directory: directory)
    }

    private func endWhenOrphaned(by parent: Int32) {
        Task {
            while getppid() == parent { try await Task.sleep(for: .milliseconds(500)) }
            kill(getpid(), SIGTERM)
        }
    }
}
