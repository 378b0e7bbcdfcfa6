import ArgumentParser
import RunModel
import RunReports
import RunServices

/// `runwatch list`: the runs, newest first.
struct ListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List runs, newest first.",
        discussion: """
            The JSON of a run has the members of the Azure CLI's run document, the same for every run service.

              runwatch list -e explore-runs --query "[?tags.quality=='fantastic run'].runId" -o tsv
              runwatch list --status failed,running --since 2d --columns "id, status, =lr, min loss as best"
            """)

    @OptionGroup var subject: ListedRuns

    @Option(name: .long, help: ArgumentHelp("So many runs at most.", valueName: "number"))
    var last: Int?

    @OptionGroup var listing: ListingOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if let last, last < 0 { throw ValidationError("--last takes a number of runs, not a negative one.") }
    }

    func run() async throws {
        let writer = try ResultWriter(output)
        let columns = try listing.parsedColumns()
        let runs = try await service.open(readOnly: true, isPatient: true)
        var query = try await subject.query(of: runs)
        query.order = try listing.order() ?? query.order
        query.limit = last ?? .max
        try await RunPages(query, of: runs).write(with: writer, columns: columns)
    }
}
