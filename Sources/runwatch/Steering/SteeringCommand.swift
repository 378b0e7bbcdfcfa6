import ArgumentParser
import RunModel
import RunServices

/// A command that does something to runs that exist: all of them are tried, and each that cannot be is told.
protocol SteeringCommand: ReportingCommand {
    var targets: RunTargets { get }
    var service: ServiceOptions { get }
}

extension SteeringCommand {
    /// Does something to each of the runs that are named or that the filter finds, and writes the runs as they are then.
    /// - Parameters:
    ///   - action: with a capital: `Cancel`.
    ///   - fallback: the run where none is named.
    ///   - isAmong: whether a run that the filter finds is one that the action concerns.
    func steer(
        _ action: String, on runs: any SupervisedRunService, fallback: String? = nil,
        isAmong: (Run) -> Bool = { _ in true },
        _ act: @escaping @Sendable (Run) async throws(RunServiceError) -> [Run]
    ) async throws {
        var writer = try ResultWriter(output)
        var tally = Tally(asksForObjects: output.asksForObject)
        let found = try await targets.tried(on: runs, to: action, fallback: fallback, isAmong: isAmong, &tally)
        let outcomes = await ManyRuns.each(found, act)
        let changed = tally.take(outcomes, named: found.map(\.id.text)).flatMap(\.self).uniqueRuns
        if tally.done > 0 { try writer.write(changed, asOne: targets.isOneName) }
        try tally.conclude()
    }

    /// The run whose command calls this one; what a script starts by hand names itself so too.
    var callingRun: String? { Environment.value("RUNWATCH_RUN_ID") }
}

extension RunTargets {
    /// Whether one run is meant, so that its document alone is the result.
    var isOneName: Bool { filter == nil && named.all.count <= 1 }
}

extension ResultWriter {
    /// Writes runs that were changed.
    /// - Parameter asOne: a single one is no list.
    mutating func write(_ runs: [Run], asOne: Bool) throws {
        if asOne, runs.count == 1 { try write(runs[0]) } else { try write(runs) }
    }
}

extension [Run] {
    /// As each was last told, in the order of the first telling.
    var uniqueRuns: [Run] {
        var latest: [RunID: Run] = [:]
        for run in self { latest[run.id] = run }
        var seen: Set<RunID> = []
        return filter { seen.insert($0.id).inserted }.compactMap { latest[$0.id] }
    }
}
