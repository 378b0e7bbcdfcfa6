import ArgumentParser
import LocalStore
import RunModel
import RunServices

/// `runwatch purge`: removes deleted runs for good.
struct PurgeCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge", abstract: "Remove deleted runs for good, with their logs and files.",
        discussion: """
            Asks before, with the number of runs. Prints what was removed. Stores of MLflow's are emptied by `mlflow gc`.

              runwatch purge --older-than 30d
            """)

    @OptionGroup var names: RunNames

    @Option(
        name: .long,
        help: ArgumentHelp("All runs that were deleted so long ago (30d), or those of the named.", valueName: "time"))
    var olderThan: TimeSpan?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if olderThan == nil && names.all.isEmpty {
            throw ValidationError("Give the ids of deleted runs, or --older-than.")
        }
    }

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        try runs.requirePurging()
        var writer = try ResultWriter(output)
        var tally = Tally(asksForObjects: output.asksForObject)
        let deleted = try await DeletedRunSearch(service: runs).all()
        var chosen = names.all.isEmpty ? deleted : DeletedRunSearch.named(names.all, in: deleted, &tally)
        if let olderThan {
            let now = LocalStore.systemClock()
            // A run of which nobody knows the time may have been deleted just now.
            chosen = chosen.filter { run in
                run.deletedAt.map { now.milliseconds(since: $0) >= olderThan.milliseconds } ?? false
            }
        }
        if chosen.isEmpty {
            Console.warn("There is no such deleted run, so nothing was removed.")
        } else if !yes {
            let count = Counted.text(chosen.count, "run")
            try Confirmation.ask("Remove \(count) of \(Shown.place(of: runs)) for good", count: chosen.count)
        }
        let outcomes = await ManyRuns.each(chosen) { run async throws(RunServiceError) in
            try await runs.purgeRun(run.id)
            return run
        }
        let removed = tally.take(outcomes, named: chosen.map(\.id.text))
        if tally.done > 0 || names.all.isEmpty { try writer.write(DeletedRunSearch.value(of: removed)) }
        try tally.conclude()
    }
}
