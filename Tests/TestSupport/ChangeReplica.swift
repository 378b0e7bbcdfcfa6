package import RunModel
package import RunServices

/// A copy of a service kept up by applying its changes in order, as a dashboard keeps one.
package struct ChangeReplica {
    package private(set) var runs: [RunID: Run] = [:]
    package private(set) var experiments: [ExperimentID: Experiment] = [:]
    package private(set) var cursor: ChangeCursor?
    package let scope: RunScope

    package init(scope: RunScope = .all) { self.scope = scope }

    /// Asks for one page and applies it; returns it.
    @discardableResult
    package mutating func pull(from service: any RunService, pageSize: Int) async throws -> ChangeBatch {
        let batch = try await service.changes(in: scope, since: cursor, pageSize: pageSize)
        for id in batch.goneRuns { runs[id] = nil }
        for experiment in batch.experiments {
            let known = experiments.updateValue(experiment, forKey: experiment.id)
            if known.map({ $0.name == experiment.name }) ?? true { continue }
            for run in runs.values where run.experimentID == experiment.id {
                runs[run.id]?.experimentName = experiment.name
            }
        }
        for id in batch.goneExperiments { experiments[id] = nil }
        for run in batch.runs { runs[run.id] = run }
        cursor = batch.cursor
        return batch
    }

    /// Asks until nothing more waits.
    package mutating func catchUp(with service: any RunService, pageSize: Int = 50) async throws {
        while try await pull(from: service, pageSize: pageSize).hasMore {}
    }
}
