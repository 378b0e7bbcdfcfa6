import ArgumentParser
import RunModel
import RunServices

/// `runwatch restore`: brings deleted runs back.
struct RestoreCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring deleted runs back.",
        discussion: """
            Asks before, with the number of runs. Prints the runs as they are then; with --list, what can be restored.

              runwatch restore 7df7f855 --yes
            """)

    @OptionGroup var names: RunNames

    @Flag(name: .long, help: "All deleted runs.")
    var all = false

    @Flag(name: .long, help: "Print the deleted runs, and restore none.")
    var list = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if [all, list, !names.all.isEmpty].count(where: { $0 }) != 1 {
            throw ValidationError("Give the ids of runs, or --all, or --list.")
        }
    }

    func run() async throws {
        let runs = try await service.open(readOnly: list, isPatient: true)
        var writer = try ResultWriter(output)
        let deleted = try await DeletedRunSearch(service: runs).all()
        if list { return try writer.write(DeletedRunSearch.value(of: deleted)) }
        try runs.requireDeleting()
        var tally = Tally(asksForObjects: output.asksForObject)
        let chosen = all ? deleted : DeletedRunSearch.named(names.all, in: deleted, &tally)
        if !yes && !chosen.isEmpty {
            let count = Counted.text(chosen.count, "run")
            try Confirmation.ask("Restore \(count) of \(Shown.place(of: runs))", count: chosen.count)
        }
        let outcomes = await ManyRuns.each(chosen) { run async throws(RunServiceError) in
            try await runs.restoreRun(run.id)
            return run.id
        }
        let restored = tally.take(outcomes, named: chosen.map(\.id.text))
        if tally.done > 0 || all {
            let found = try await runs.runs(RunQuery(.runs(restored))).items
            try writer.write(found, asOne: names.all.count == 1)
        }
        try tally.conclude()
    }
}
