import MLflowMeaning
import MLflowWire
import RunModel
import RunServices

/// What is known of a server's runs, and when each last changed: the base of `changes`.
struct MLflowReplica {
    struct Entry {
        var run: Run
        /// Milliseconds since 1970, as the server orders by them.
        var startTime: Int64
    }

    private(set) var runs: [RunID: Entry] = [:]
    private var journal = ChangeJournal()
    private(set) var starts = StartIndex()
    /// The versions at which this program wrote to runs: an answer to an older question knows nothing of that.
    private var written: [RunID: Int64] = [:]
    /// How far the slow walk over the experiments is, and what it met since it began.
    var experimentPages: Pages?
    var experimentsMet: Set<ExperimentID> = []
    /// Experiments that came after the runs were read.
    var unreadExperiments: Set<ExperimentID> = []
    /// Whether the server takes the question for new experiments.
    var knowsCreationTimes = true
    /// When the server last listed all experiments.
    var experimentsListed: Timestamp?
    /// Parents that the server does not have (any more).
    private var unreachable: Set<String> = []
    var progress: [RunScope: ScopeProgress] = [:]
    /// Bytes of one run's JSON, for estimates; a run with ten of everything to begin with.
    var runBytes = 4_000

    /// Runs written to that are remembered: far more than questions are under way at a time.
    private static let writtenLimit = 1_000
    /// Missing parents that are remembered, at 100 bytes each; beyond that they are asked about again.
    private static let unreachableLimit = 10_000

    var version: Int64 { journal.version }
    var identity: String { journal.identity }
    var active: Set<RunID> { journal.active }
    /// With the counts of the runs that are known.
    var experiments: [ExperimentID: Experiment] { journal.experiments }
    /// By name.
    var allExperiments: [Experiment] { journal.allExperiments }

    /// Keeps runs; parents may come after their children. `asked`: the version at which they were asked for.
    mutating func take(_ wire: [WireRun], at now: Timestamp, asked: Int64? = nil) {
        for run in wire where (written[RunID(run.info.runID)] ?? 0) <= asked ?? .max {
            let name = experiments[ExperimentID(run.info.experimentID)]?.name ?? ""
            take(run.record(experimentName: name), at: now)
        }
        for run in wire { findRoot(of: RunID(run.info.runID)) }
    }

    /// Keeps what a run is after this program wrote to it, and returns that.
    mutating func takeWritten(_ record: MLflowRecord, at now: Timestamp) -> Run {
        let run = take(record, at: now)
        written[run.id] = version
        if written.count > Self.writtenLimit {
            let oldest = written.values.sorted()[Self.writtenLimit / 2]
            written = written.filter { $0.value > oldest }
        }
        return run
    }

    /// Keeps a run and returns it as it is now.
    @discardableResult
    mutating func take(_ record: MLflowRecord, at now: Timestamp) -> Run {
        var run = MLflowMapping.run(from: record, at: now)
        run.rootID = root(of: run)
        let previous = runs[run.id]
        if previous?.run == run { return run }
        if let previous { starts.remove(run.id, start: previous.startTime, of: previous.run.experimentID) }
        starts.insert(run.id, start: record.startTime, of: run.experimentID)
        runs[run.id] = Entry(run: run, startTime: record.startTime)
        journal.note(run.id, in: run.experimentID, run.status)
        unreachable.remove(run.id.text)
        return run
    }

    mutating func remove(_ id: RunID) {
        guard let entry = runs.removeValue(forKey: id) else { return }
        starts.remove(id, start: entry.startTime, of: entry.run.experimentID)
        journal.remove(id)
        written[id] = nil
    }

    /// Keeps all that the server lists.
    mutating func takeExperiments(_ list: [WireExperiment]) {
        for wire in list { takeExperiment(wire) }
        let listed = Set(list.map { ExperimentID($0.experimentID) })
        for id in experiments.keys where !listed.contains(id) { removeExperiment(id) }
    }

    mutating func takeExperiment(_ wire: WireExperiment) {
        let id = ExperimentID(wire.experimentID)
        // Restored or imported: its runs may have started long ago, so that no question of time finds them.
        if experiments[id] == nil, !progress.isEmpty { unreadExperiments.insert(id) }
        journal.note(experiment: id, named: wire.name, createdAt: Timestamp(milliseconds: wire.creationTime ?? 0))
    }

    mutating func removeExperiment(_ id: ExperimentID) {
        unreadExperiments.remove(id)
        for run in starts.all(of: id) { remove(run) }
        journal.remove(experiment: id)
        progress[.experiment(id)] = nil
    }

    /// Remembers that the server has no such runs, so that it is not asked for them again and again.
    mutating func noteMissing(_ parents: some Sequence<String>) {
        if unreachable.count > Self.unreachableLimit { unreachable = [] }
        unreachable.formUnion(parents)
    }

    /// Parents of `wire` that are neither known, nor among `others`, nor known to be missing; a tag may hold any text, and
    /// one that can be no id spoils the question for the others.
    func missingParents(of wire: [WireRun], besides others: [WireRun]) -> [String] {
        let ids = Set(others.map(\.info.runID))
        let parents = wire.compactMap { run in
            run.data?.tags?.first { $0.key == MLflowTag.parent }?.value
        }
        return Set(parents).filter {
            MLflowAPI.isRunID($0) && !ids.contains($0) && runs[RunID($0)] == nil && !unreachable.contains($0)
        }.sorted()
    }

    private mutating func findRoot(of id: RunID) {
        guard let run = runs[id]?.run, run.parentID != nil else { return }
        let root = root(of: run)
        if root == run.rootID { return }
        runs[id]?.run.rootID = root
        journal.touch(id)
    }

    private func root(of run: Run) -> RunID {
        var (root, next) = (run.id, run.parentID)
        // A bound against tags that make a ring.
        for _ in 0..<100 {
            guard let parent = next else { break }
            root = parent
            next = runs[parent]?.run.parentID
            if next == run.id { break }
        }
        return root
    }

    /// What changed in `scope` after `since`, newest change first, and where the full read goes on.
    ///
    /// Throws `invalid` when so much went since then that it is not remembered.
    func batch(
        in scope: RunScope, since: Int64, _ token: String? = nil, _ progress: Pages.Progress = .init()
    ) throws(RunServiceError) -> ChangeBatch {
        try journal.requireMemory(of: since)
        let position = ReplicaPosition(
            identity: identity, scope: scope, version: version, token: token, progress)
        var batch = journal.rest(after: since, upTo: version, in: scope, cursor: position.cursor)
        batch.runs = journal.changed(after: since, in: scope).ids.reversed().compactMap { runs[$0]?.run }
        batch.hasMore = position.token != nil
        return batch
    }
}
