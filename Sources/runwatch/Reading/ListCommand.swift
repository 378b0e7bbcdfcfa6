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

    @Option(name: [.customShort("e"), .long], help: "Only runs of this experiment: its name or id.")
    var experimentName: String?

    @OptionGroup var filter: FilterOptions

    @Option(name: .long, help: ArgumentHelp("Only children of this run.", valueName: "run"))
    var parent: String?

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
        let runs = try await service.open(readOnly: true, isPatient: true)
        var query = RunQuery(
            .scope(.all), matching: try filter.combined(), order: try listing.order(), limit: last ?? .max)
        if let experimentName {
            query.subject = .scope(.experiment(try await ExperimentResolver(service: runs).id(of: experimentName)))
        }
        if let parent {
            let id = try await RunResolver(service: runs).run(parent).id
            query.subject = .children(of: id, recursive: false)
            if query.order == nil { query.order = .standard }
        }
        try await RunPages(query, of: runs).write(with: writer, columns: try listing.parsedColumns())
    }
}
