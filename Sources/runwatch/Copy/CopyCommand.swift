import ArgumentParser
import Glibc
import LocalStore
import RunModel
import RunServices

/// `runwatch copy`: brings runs of one run service to another.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy runs from one run service to another.",
        discussion: """
            Runs with their child runs, parameters, tags, properties and every point of their metrics. What is there \
            already is not copied again, so that the same call goes on where another one was interrupted, and brings \
            later what has come meanwhile. The tag `copiedFrom` has the id that a run came from. What the target cannot \
            hold is told at the end.

              runwatch copy --from ~/.local/share/runwatch --to https://mlflow.example.org --filter "age < 7d" --with-logs
            """)

    @Option(
        name: .long, help: ArgumentHelp("Where the runs are, as after --service.", valueName: "service"),
        completion: .services)
    var from: String

    @Option(
        name: .long, help: ArgumentHelp("Where they are to be, as after --service.", valueName: "service"),
        completion: .services)
    var to: String

    @OptionGroup var filter: FilterOptions

    @Flag(name: .long, help: "Also what the runs' commands have printed.")
    var withLogs = false

    func run() async throws {
        try UserFile.requireUsable()
        let locator = ServiceLocator.here
        let source = try await locator.named(from, reason: "--from").open(readOnly: true, isPatient: true)
        let target = try await locator.named(to, reason: "--to").open(readOnly: false, isPatient: true)
        if source.address == target.address {
            throw ConsoleError("--from and --to name the same run service.", .usage)
        }
        let plan = try await CopyPlan.read(source, matching: try filter.combined(), at: LocalStore.systemClock())
        var copier = RunCopier(from: source, to: target, withLogs: withLogs)
        try await copier.findCopies()
        let progress = CopyProgress(total: plan.runs.count)
        do {
            for (index, run) in plan.runs.enumerated() {
                progress.show(index, run.name)
                try await copier.copy(run)
            }
        } catch let error as RunServiceError {
            progress.end()
            Console.warn(copier.report.summary(of: plan.runs.count, to: target.description))
            throw ConsoleError("\(error) The same command goes on from here.", ExitStatus(error.code))
        }
        progress.end()
        try Console.deliver(copier.report.summary(of: plan.runs.count, to: target.description))
        for line in copier.report.lacks { try Console.deliver(line) }
    }
}
