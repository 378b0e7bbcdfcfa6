import ArgumentParser
import RunModel
import RunServices

/// `runwatch children`: the runs below a run.
struct ChildrenCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "children", abstract: "List the child runs of a run, oldest first.",
        discussion: """
            With --recursive all that is below it, parents before their children.

              runwatch children -r 7df7f855 --recursive --status failed
            """)

    @OptionGroup var run: RunOption

    @Flag(name: .long, help: "Also the children of children.")
    var recursive = false

    @OptionGroup var filter: FilterOptions
    @OptionGroup var listing: ListingOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let writer = try ResultWriter(output)
        let columns = try listing.parsedColumns()
        let runs = try await service.open(readOnly: true, isPatient: true)
        let parent = try await RunResolver(service: runs).run(run.run).id
        let query = RunQuery(
            .children(of: parent, recursive: recursive), matching: try filter.combined(), order: try listing.order())
        try await RunPages(query, of: runs).write(with: writer, columns: columns)
    }
}
