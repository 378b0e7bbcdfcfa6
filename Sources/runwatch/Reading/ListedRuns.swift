import ArgumentParser
import RunModel
import RunServices

/// The runs that `list` and `export` are about.
struct ListedRuns: ParsableArguments {
    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp("Only runs of this experiment: its name or id.", valueName: "experiment"),
        completion: .experiments)
    var experimentName: String?

    @Option(name: .long, help: ArgumentHelp("Only children of this run.", valueName: "run"))
    var parent: String?

    @OptionGroup var filter: FilterOptions

    func query(of service: any RunReading) async throws -> RunQuery {
        var query = RunQuery(.scope(.all), matching: try filter.combined())
        if let experimentName {
            query.subject = .scope(.experiment(try await ExperimentResolver(service: service).id(of: experimentName)))
        }
        guard let parent else { return query }
        let id = try await RunResolver(service: service).run(parent).id
        query.subject = .children(of: id, recursive: false)
        query.order = .standard
        if let experimentName {
            let isThere = FilterExpression.comparison(
                FilterComparison(.experiment, .equal, [.text(experimentName)]))
            query.filter = try Filter(.and([isThere] + (query.filter.map { [$0.expression] } ?? [])))
        }
        return query
    }
}
