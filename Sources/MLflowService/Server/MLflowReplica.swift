import MLflowWire
import RunModel

/// What is known of a server's runs, each with the version at which it last changed: the base of `changes`.
struct MLflowReplica {
    struct Entry {
        var run: Run
        var version: Int
        /// Milliseconds since 1970, as the server orders by them.
        var startTime: Int64
    }

    /// What a version changed.
    enum Subject {
        case run(RunID)
        case experiment(ExperimentID)
    }

    private(set) var runs: [RunID: Entry] = [:]
    private(set) var experiments: [ExperimentID: (experiment: Experiment, version: Int)] = [:]
    private(set) var gone: [RunID: (experiment: ExperimentID, version: Int)] = [:]
    private(set) var goneExperiments: [ExperimentID: Int] = [:]
    private(set) var version = 0
    /// What changed, oldest first, so that `changes` need not look at what did not. What changed again is there again.
    private(set) var journal: [(version: Int, subject: Subject)] = []
    private(set) var starts = StartIndex()
    private(set) var active: Set<RunID> = []
    /// The versions at which this program wrote to runs: an answer to an older question knows nothing of that.
    private var written: [RunID: Int] = [:]
    /// Where the slow walk over the experiments goes on, and what it met since it began.
    var experimentToken: String?
    var experimentsMet: Set<ExperimentID> = []
    /// Experiments that came after the runs were read.
    var unreadExperiments: Set<ExperimentID> = []
    /// Whether the server takes the question for new experiments.
    var knowsCreationTimes = true
    /// Parents that the server does not have (any more).
    var unreachable: Set<String> = []
    var progress: [String: ScopeProgress] = [:]
    /// Bytes of one run's JSON, for estimates; a run with ten of everything to begin with.
    var runBytes = 4_000
    let identity = UInt64.random(in: 1 ... .max)

    /// Keeps runs; parents may come after their children. `asked`: the version at which they were asked for.
    mutating func take(_ wire: [WireRun], at now: Timestamp, asked: Int? = nil) {
        for run in wire where (written[RunID(run.info.runID)] ?? 0) <= asked ?? .max {
            let name = experiments[ExperimentID(run.info.experimentID)]?.experiment.name ?? ""
            take(run.record(experimentName: name), at: now)
        }
        for run in wire { findRoot(of: RunID(run.info.runID)) }
    }

    /// Keeps what a run is after this program wrote to it, and returns that.
    mutating func takeWritten(_ record: MLflowRecord, at now: Timestamp) -> Run {
        let run = take(record, at: now)
        written[run.id] = version
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
        runs[run.id] = Entry(run: run, version: changed(.run(run.id)), startTime: record.startTime)
        gone[run.id] = nil
        unreachable.remove(run.id.text)
        if run.status.isActive { active.insert(run.id) } else { active.remove(run.id) }
        if let previous = previous?.run {
            if previous.status != run.status || previous.experimentID != run.experimentID {
                count(-1, previous)
                count(1, run)
            }
        } else {
            count(1, run)
        }
        return run
    }

    mutating func remove(_ id: RunID) {
        guard let entry = runs.removeValue(forKey: id) else { return }
        starts.remove(id, start: entry.startTime, of: entry.run.experimentID)
        gone[id] = (entry.run.experimentID, changed(.run(id)))
        active.remove(id)
        written[id] = nil
        count(-1, entry.run)
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
        let counts = experiments[id]?.experiment.counts ?? StatusCounts()
        let experiment = Experiment(
            id: id, name: wire.name, createdAt: Timestamp(milliseconds: wire.creationTime ?? 0), counts: counts)
        if experiments[id]?.experiment == experiment { return }
        experiments[id] = (experiment, changed(.experiment(id)))
        goneExperiments[id] = nil
    }

    mutating func removeExperiment(_ id: ExperimentID) {
        experiments[id] = nil
        unreadExperiments.remove(id)
        for run in starts.all(of: id) { remove(run) }
        goneExperiments[id] = changed(.experiment(id))
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

    private mutating func count(_ amount: Int, _ run: Run) {
        guard experiments[run.experimentID] != nil else { return }
        experiments[run.experimentID]?.experiment.counts.add(amount, of: run.status)
        let version = changed(.experiment(run.experimentID))
        experiments[run.experimentID]?.version = version
    }

    /// Notes that something changes; returns the version at which it does.
    private mutating func changed(_ subject: Subject) -> Int {
        version += 1
        journal.append((version, subject))
        // Half of it tells of what changed again, so cleaning up costs little for each change.
        if journal.count > 2 * (runs.count + gone.count + experiments.count + goneExperiments.count) + 1_000 {
            journal = journal.filter { isLatest($0.version, $0.subject) || $0.version == version }
        }
        return version
    }

    func isLatest(_ version: Int, _ subject: Subject) -> Bool {
        switch subject {
        case .run(let id): (runs[id]?.version ?? gone[id]?.version) == version
        case .experiment(let id): (experiments[id]?.version ?? goneExperiments[id]) == version
        }
    }

    private mutating func findRoot(of id: RunID) {
        guard let run = runs[id]?.run, run.parentID != nil else { return }
        let root = root(of: run)
        if root == run.rootID { return }
        runs[id]?.run.rootID = root
        let version = changed(.run(id))
        runs[id]?.version = version
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
}

/// How far the questions about one scope have come.
struct ScopeProgress {
    /// The largest start and end times seen, milliseconds since 1970.
    var lastStart: Int64 = 0
    var lastEnd: Int64 = 0
    /// The newest runs that the slow walk has yet to look at again.
    var walkQueue: [RunID] = []
    /// Where among the runs beyond a usual screen the next round of the walk goes on.
    private var farTurn = 0
    /// What the walk over all runs met since it began.
    var walked: Set<RunID> = []
    /// The last active run that was asked about, when there are too many for one tick.
    var lastActive: RunID?
    /// Counts ticks, so that rare questions take turns.
    var ticks = 0
    var lastTick: Timestamp?
    var isLoaded = false
    /// Rows of runs on a screen of 120 by 40 cells.
    private static let screenRows = 22
    /// Ticks of the usual 2 s in which a round is to end, without those that look at experiments.
    private static let roundTicks = 12

    /// Queues all of `runs` where there is room for them in a round, else what a screen shows of them, and a few of the
    /// others in turn.
    mutating func beginRound(_ runs: [RunID], room: Int) {
        let size = max(room * Self.roundTicks, Self.screenRows + 2)
        walkQueue = runs
        if runs.count <= size { return }
        let far = runs[Self.screenRows...]
        let turn = farTurn % far.count
        let others = far.dropFirst(turn) + far.prefix(turn)
        walkQueue = Array(runs.prefix(Self.screenRows) + others.prefix(size - Self.screenRows))
        farTurn = turn + size - Self.screenRows
    }
}
