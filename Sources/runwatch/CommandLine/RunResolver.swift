import RunModel
import RunServices

/// Finds the runs that a command line names: by id, or by the beginning of an id that no other run's has.
struct RunResolver {
    let service: any RunReading

    /// Candidates that are listed when a beginning is not unique.
    private static let shownCandidates = 5

    /// Throws `notFound`, and a usage error for a name that is empty or begins several ids.
    func run(_ name: String) async throws -> Run {
        if let run = try await runs([name]).first { return run }
        throw Self.missing(name)
    }

    /// In the order of the names, each run once. Throws as `run` does, with nothing left out.
    func runs(_ names: [String]) async throws -> [Run] {
        if names.contains("") {
            throw ConsoleError("The name of a run is empty; give its id or the beginning of it.", .usage)
        }
        var exact: [RunID: Run] = [:]
        for run in try await service.inspect(names.map { RunID($0) }, activeDescendants: false) {
            exact[run.run.id] = run.run
        }
        var found: [Run] = []
        for name in names {
            let run: Run
            if let known = exact[RunID(name)] { run = known } else { run = try await only(startingWith: name) }
            if !found.contains(where: { $0.id == run.id }) { found.append(run) }
        }
        return found
    }

    private func only(startingWith name: String) async throws -> Run {
        let query = RunQuery(.scope(.all), matching: try Self.filter(idPrefix: name), limit: Self.shownCandidates + 1)
        let candidates = try await service.runs(query).items
        guard let first = candidates.first else { throw Self.missing(name) }
        if candidates.count == 1 { return first }
        let ids = candidates.prefix(Self.shownCandidates).map { Shown.text($0.id.text) }.joined(separator: ", ")
        let more = candidates.count > Self.shownCandidates ? " and more" : ""
        throw ConsoleError(
            "“\(Shown.text(name))” begins the ids of several runs (\(ids)\(more)); give more of the id.", .usage,
            code: "ambiguous")
    }

    /// Every service that can looks for it without reading all runs.
    static func filter(idPrefix: String) throws -> Filter {
        let like = FilterExpression.comparison(FilterComparison(.id, .like, [.text(idPrefix + "%")]))
        if !idPrefix.contains(where: { "%_".contains($0) }) { return try Filter(like) }
        // LIKE cannot say that these are meant as they are, so it finds more.
        let escaped = idPrefix.map { ".[]()*+?{}|^$\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return try Filter(
            .and([like, .comparison(FilterComparison(.id, .matches, [.text("^" + escaped)]))]))
    }

    private static func missing(_ name: String) -> RunServiceError {
        RunServiceError(.notFound, "There is no run \(Shown.text(name)); `runwatch list` shows the ids.")
    }
}
