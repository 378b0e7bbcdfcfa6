import ArgumentParser
import Glibc
import RunExecution
import RunModel
import RunServices

/// `runwatch rerun`: runs a run's command again.
struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun", abstract: "Run the command of a run again, with other parameters if you like.",
        discussion: """
            The same command in the same directory, with the Python environment that was active then, as a run of the same \
            experiment with the same parameters, and a tag `repeats` with the first one's id. --param changes a parameter \
            where it stands in the command: as `--lr 0.1`, `--lr=0.1` or `lr=0.1`. What is not as it was, such as another \
            commit, is said. It is stopped by the same signal, with the same time to end. All else is as with `runwatch exec`.

              runwatch rerun 7df7f855 --param lr=0.2 --detach
            """)

    @Argument(
        help: ArgumentHelp("The run: its id, or the beginning of it that no other run's has.", valueName: "run"),
        completion: .runs)
    var run: String

    @Option(
        name: .long,
        help: ArgumentHelp("Another value of a parameter in the command; may be repeated.", valueName: "key=value"))
    var param: [KeyValue] = []

    @Option(name: .long, help: "The new run's name; by default the same.")
    var name: String?

    @Flag(name: .long, help: "Only say what would be run, and where.")
    var dryRun = false

    @Flag(name: .long, help: "Print the run's id and return; the run goes on without the terminal.")
    var detach = false

    /// Set by `--detach` for the process that stays behind.
    @Flag(name: .long, help: .private)
    var detached = false

    @OptionGroup var queue: QueueOptions
    @OptionGroup var placement: PlacementOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws { for pair in param { _ = try pair.requireValue("--param") } }

    func run() async throws {
        if dryRun {
            let plan = try await repetition(on: try await service.open(isPatient: true))
            for note in plan.notes { Console.warn("runwatch: \(note)") }
            return try Console.deliver("cd \(Shown.lines(ShellText.line([plan.directory]))) && \(plan.commandLine)")
        }
        let session = CommandSession(service: service, isDetached: detached)
        func request(_ runs: any SupervisedRunService) async throws -> ExecutionRequest {
            let plan = try await repetition(on: runs)
            for note in plan.notes { Console.warn("runwatch: \(note)") }
            var request = try plan.request(session, name: name, on: runs)
            try await request.join(queue)
            return request
        }
        let executor = try await placement.executor(
            of: "rerun", isDetached: detach && !detached, service, queue: queue.queue)
        if let executor { return try await executor.start(request) }
        try session.end(as: try await session.run(request))
    }

    private func repetition(on runs: any SupervisedRunService) async throws -> Repetition {
        let found = try await RunResolver(service: runs).run(run)
        return try Repetition(
            await runs.details(of: found.id), changing: try param.map { try $0.requireValue("--param") })
    }
}
