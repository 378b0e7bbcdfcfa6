import MLflowMeaning
import MLflowWire
import RemotePolling
import RunModel
import RunServices

/// What an MLflow server tells, as the replica takes it.
extension RunReplica {
    /// Keeps runs; parents may come after their children. `asked`: the version at which they were asked for.
    mutating func take(_ wire: [WireRun], at now: Timestamp, asked: Int64? = nil) {
        take(
            wire.map { run in
                let name = experiments[ExperimentID(run.info.experimentID)]?.name ?? ""
                return Entry(run.record(experimentName: name), at: now)
            }, asked: asked)
    }

    /// Keeps what a run is after this program wrote to it, and returns that.
    mutating func takeWritten(_ record: MLflowRecord, at now: Timestamp) -> Run { takeWritten(Entry(record, at: now)) }

    /// Keeps all that the server lists.
    mutating func takeExperiments(_ list: [WireExperiment]) { takeExperiments(list.map(Experiment.init)) }

    /// Remembers how far in time the answers about `scope` reach.
    mutating func note(_ wire: [WireRun], in scope: RunScope) {
        note(wire.lazy.map { ($0.info.startTime, $0.info.endTime) }, in: scope)
    }

    /// Takes note of a page of the walk over all runs; returns known runs that should have been met and were not.
    mutating func walked(_ wire: [WireRun], in scope: RunScope, isOver: Bool) -> [String] {
        walked(wire.map { RunID($0.info.runID) }, in: scope, isOver: isOver)
    }

    /// Parents of `wire` that are neither known, nor among `others`, nor known to be missing; a tag may hold any text, and
    /// one that can be no id spoils the question for the others.
    func missingParents(of wire: [WireRun], besides others: [WireRun]) -> [String] {
        let parents = wire.compactMap { run in run.data?.tags?.first { $0.key == MLflowTag.parent }?.value }
        return missingParents(parents.filter(MLflowAPI.isRunID), besides: Set(others.map(\.info.runID)))
    }
}

extension RunReplica.Entry {
    init(_ record: MLflowRecord, at now: Timestamp) {
        self.init(run: MLflowMapping.run(from: record, at: now), startTime: record.startTime)
    }
}

extension Experiment {
    init(_ wire: WireExperiment) {
        self.init(
            id: ExperimentID(wire.experimentID), name: wire.name,
            createdAt: Timestamp(milliseconds: wire.creationTime ?? 0))
    }
}
