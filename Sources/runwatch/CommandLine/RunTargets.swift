import ArgumentParser
import RunModel
import RunServices

/// The runs that a command is to change: named, or all that a filter finds once a person agreed.
struct RunTargets: ParsableArguments {
    @OptionGroup var named: RunNames

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Instead of runs by name: all that this filter finds. Asks before, with their number.", valueName: "filter")
    )
    var filter: String?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    func validate() throws {
        if filter != nil && !named.all.isEmpty {
            throw ValidationError("--filter and names of runs are two ways to say which; give one of them.")
        }
        try UsageCheck.run { _ = try filter.map(FilterOptions.parse) }
    }

    /// The runs, which exist. With a filter, a person has agreed to the number of them.
    /// - Parameters:
    ///   - action: what is to be done, with a capital: `Cancel`.
    ///   - fallback: the run where nothing is named: that of the command that calls; nil where one must be named.
    ///   - isAmong: leaves out runs that the filter finds and the action does not concern, such as those that are over.
    func resolve(
        on service: any RunReading, to action: String, fallback: String? = nil,
        isAmong: (Run) -> Bool = { _ in true }
    ) async throws -> [Run] {
        guard let filter else {
            let names = named.all.isEmpty ? [fallback].compactMap { $0 } : named.all
            return try await RunResolver(service: service).runs(names.isEmpty ? named.required() : names)
        }
        let query = RunQuery(.scope(.all), matching: try FilterOptions.parse(filter))
        let found = try await service.runs(query).items.filter(isAmong)
        if found.isEmpty {
            throw ConsoleError("No run matches the filter, so there is nothing to do.", .notFound)
        }
        if !yes {
            let place = "\(service.description.kind) \(service.description.location)"
            try Confirmation.ask("\(action) \(Counted.text(found.count, "run")) of \(place)", count: found.count)
        }
        return found
    }
}
