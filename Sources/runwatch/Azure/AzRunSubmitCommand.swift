import ArgumentParser
import Glibc
import RunExecution
import RunModel
import RunReports
import RunServices

/// `az ml run submit-script`.
struct AzRunSubmitCommand: AzureCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit-script", abstract: "Run a script, on this machine.",
        usage: "runwatch az ml run submit-script [options] <script> ...",
        discussion: """
            What the script prints goes to the standard error, so that the standard output holds the run's document alone, \
            once the run is over. The exit status is 1 when the run did not complete.

              runwatch az ml run submit-script -c sklearn -e testexperiment train.py
            """)

    @Option(
        name: [.customShort("c"), .customLong("run-configuration-name")],
        help: ArgumentHelp("A run configuration; by default this machine's Python.", valueName: "name"))
    var configurationName: String?

    @OptionGroup var experiment: ExperimentOption

    @Option(name: .long, help: "The folder of the script, in which it is started; by default that of --path.")
    var sourceDirectory: String?

    @Option(name: [.customLong("ct"), .customLong("target")], help: "The compute target: local.")
    var target: String?

    @Option(name: [.customShort("d"), .customLong("conda-dependencies")], help: .private)
    var condaDependencies: String?

    @Flag(name: [.customLong("async"), .customLong("run-async")], help: "Return once the script runs.")
    var isAsynchronous = false

    /// Set for the process that stays behind.
    @Flag(name: .long, help: .private)
    var detached = false

    @OptionGroup var azure: AzureOptions
    @OptionGroup var service: ServiceOptions

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("The script, and its arguments.", valueName: "script"))
    var words: [String] = []

    private var asksForHelp: Bool { words.first == "-h" || words.first == "--help" }

    func validate() throws {
        if let first = words.first, first.hasPrefix("-"), first != "--", !asksForHelp {
            throw ValidationError("Unknown option '\(first)'; options come before the script.")
        }
    }

    func run() async throws {
        if asksForHelp { throw CleanExit.helpRequest(Self.self) }
        if !detached { try azure.checkMetadataFile() }
        if condaDependencies != nil {
            throw RunServiceError(
                .unsupported, "Conda environments are not built here; leave --conda-dependencies out.")
        }
        let plan = try ScriptSubmission(
            path: azure.path, sourceDirectory: sourceDirectory, configurationName: configurationName, target: target,
            words: words.first == "--" ? Array(words.dropFirst()) : words
        ).plan()
        if plan.slurmOptions != nil {
            throw RunServiceError(.unsupported, "Here nothing goes to Slurm; `runwatch submit` does that.")
        }
        if isAsynchronous && !detached { return try await start() }
        let session = CommandSession(service: service, isDetached: detached)
        func submit() async throws -> ExecutionOutcome {
            try await session.run { runs in
                try await plan.request(
                    session, experiment, DraftOptions.parse([]), ExecutionOptions.parse([]), on: runs)
            }
        }
        if detached { throw ExitCode(try await submit().shellStatus) }
        // The script's own output is no document.
        let result = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        let outcome = try await submit()
        dup2(result, STDOUT_FILENO)
        close(result)
        try await show(outcome.run.text)
        if outcome.exit != .status(0) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func start() async throws {
        let (id, status) = try await DetachedSupervisor.startedRun("submit-script")
        guard let id else { throw ExitCode(status) }
        try await show(id)
    }

    private func show(_ id: String) async throws {
        let runs = try await azure.openService(service, readOnly: true)
        let found = try await RunResolver(service: runs).run(id)
        try azure.write(RunReport.value(of: try await runs.details(of: found.id)))
    }
}
