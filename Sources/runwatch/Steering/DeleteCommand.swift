import ArgumentParser
import LocalStore
import RunModel
import RunServices

/// `runwatch delete`: puts runs away.
struct DeleteCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete runs; `restore` brings them back.",
        discussion: """
            Nothing is removed until `runwatch purge`. Asks before, with the number of runs. A run whose supervisor lives is \
            refused: cancel it first. Prints the runs as they were.

              runwatch delete --filter "experiment = scratch and age > 90d"
            """)

    @OptionGroup var targets: RunTargets
    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let runs = try await service.open(isPatient: true)
        try runs.requireDeleting()
        var writer = try ResultWriter(output)
        var tally = Tally(asksForObjects: output.asksForObject)
        var chosen = targets
        chosen.yes = true
        let found = try await chosen.tried(on: runs, to: "Delete", &tally)
        if !targets.yes && !found.isEmpty {
            let count = Counted.text(found.count, "run")
            try Confirmation.ask("Delete \(count) of \(Shown.place(of: runs))", count: found.count)
        }
        let outcomes = await ManyRuns.each(found) { run async throws(RunServiceError) in
            let now = LocalStore.systemClock()
            let fresh = try await runs.inspect([run.id], activeDescendants: false).first
            if let fresh, !fresh.run.status.isTerminal, fresh.supervisor?.isLive(at: now) == true {
                throw RunServiceError(
                    .conflict, "The run is \(fresh.run.status.word) and has a supervisor; cancel it first.")
            }
            try await runs.deleteRun(run.id)
            return run
        }
        let deleted = tally.take(outcomes, named: found.map(\.id.text))
        if !deleted.isEmpty { try writer.write(deleted, asOne: targets.isOneName) }
        try tally.conclude()
    }
}
