import ArgumentParser
import AzureMLFolder
import Glibc
import RunExecution
import RunModel
import RunServices

/// `runwatch submit`: runs a script as a run configuration says, on this machine.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Run a script as an Azure ML run configuration says, on this machine.",
        usage: "runwatch submit [options] <script> ...",
        discussion: """
            The configuration NAME is .azureml/NAME.runconfig or NAME.runconfig. Of it count the script, its arguments, the \
            interpreter and the environment variables; the script and the arguments given here count for more. Conda and \
            Docker environments and other targets than `local` and `slurm` are refused. `target: slurm` is --on slurm, and \
            nodeCount, maxRunDurationSeconds and what stands under `slurm` become options of sbatch's. All else is as with \
            `runwatch exec`: the exit status is the script's.

              runwatch submit -c sklearn -e testexperiment train.py
            """)

    @Option(
        name: [.customShort("c"), .customLong("run-configuration-name")],
        help: ArgumentHelp("A run configuration; by default this machine's Python.", valueName: "name"))
    var configuration: String?

    @OptionGroup var placement: PlacementOptions
    @OptionGroup var experiment: ExperimentOption
    @OptionGroup var draft: DraftOptions
    @OptionGroup var execution: ExecutionOptions

    @Option(name: .long, help: "The folder of run configurations; by default the current directory.")
    var path: String?

    @Option(name: .long, help: "The folder of the script, in which it is started; by default that of --path.")
    var sourceDirectory: String?

    /// Set by `--detach` for the process that stays behind.
    @Flag(name: .long, help: .private)
    var detached = false

    @OptionGroup var service: ServiceOptions

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("The script, and its arguments.", valueName: "script"))
    var words: [String] = []

    /// The passthrough of the script's words takes these, too.
    private var asksForHelp: Bool { words.first == "-h" || words.first == "--help" }

    func validate() throws {
        if asksForHelp { return }
        if let first = words.first, first.hasPrefix("-"), first != "--" {
            throw ValidationError("Unknown option '\(first)'; options come before the script.")
        }
    }

    func run() async throws {
        if asksForHelp { throw CleanExit.helpRequest(Self.self) }
        let submission = ScriptSubmission(
            path: path, sourceDirectory: sourceDirectory, configurationName: configuration,
            target: placement.on?.rawValue, words: words.first == "--" ? Array(words.dropFirst()) : words)
        // Before anything starts, so that what cannot run is refused where a person sees it.
        let plan = try submission.plan()
        let session = CommandSession(service: service, isDetached: detached)
        func request(_ runs: any SupervisedRunService) async throws -> ExecutionRequest {
            try await plan.request(session, experiment, draft, execution, on: runs)
        }
        let executor = try await placement.executor(
            of: "submit", isDetached: execution.detach && !detached, service, configured: plan.slurmOptions,
            queue: execution.queue.queue)
        if let executor { return try await executor.start(request) }
        try session.end(as: try await session.run(request))
    }
}

extension ScriptSubmission.Plan {
    /// Enters the folder of the script.
    func request(
        _ session: CommandSession, _ experiment: ExperimentOption, _ draft: DraftOptions,
        _ execution: ExecutionOptions, on runs: any SupervisedRunService
    ) async throws -> ExecutionRequest {
        let attached = try? WorkspaceFolder.nearest(to: directory)?.config.experimentName
        let given = experiment.experiment ?? Environment.value("RUNWATCH_EXPERIMENT") ?? attached
        let name = if let given { given } else { try await experiment.name(on: runs, directory: directory) }
        guard chdir(directory) == 0 else {
            throw RunServiceError(
                .forbidden, "\(Shown.path(directory)) cannot be entered: \(String(cString: strerror(errno))).")
        }
        var request = session.request(
            exactCommand,
            draft: try draft.draft(experimentName: name, source: CommandSource.of(command, in: directory)), on: runs,
            variables: variables)
        try await request.apply(execution, on: runs)
        return request
    }
}
