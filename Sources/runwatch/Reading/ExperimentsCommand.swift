import ArgumentParser
import RunReports
import RunServices

/// `runwatch experiments`: what runs are grouped by.
struct ExperimentsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiments", abstract: "List experiments with the numbers of their runs.",
        discussion: """
              runwatch experiments --query "[?activeRuns > `0`].name" -o tsv
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var writer = try ResultWriter(output)
        let experiments = try await service.open(readOnly: true, isPatient: true).experiments()
        try writer.write(experiments.map(ListedExperiment.init), under: ListedExperiment.columns)
    }
}
