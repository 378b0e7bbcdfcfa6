package import RunModel
package import RunServices

/// What is known of the runs of a service that does not tell when one changed: the base of its `changes`.
///
/// An adapter asks its server what started, what ended and what is active, and looks at the newest of the others again in
/// rounds, for edits that no time shows; it hands in what was answered. What to ask next is decided here, and how much of
/// it a tick can afford.
package struct RunReplica: Sendable {
    /// A run, and where its server has it in the order of starts.
    package struct Entry: Sendable {
        /// A dictionary keeps room for half as many values again as it holds, so it holds the large ones by reference.
        private final class Box: Sendable {
            let run: Run

            init(_ run: Run) { self.run = run }
        }

        private var box: Box
        /// As it was last seen.
        package var run: Run {
            get { box.run }
            set { box = Box(newValue) }
        }
        /// Milliseconds since 1970, as the server orders by them.
        package var startTime: Int64
        /// Whether the server itself tells of the root, so that it need not be found by way of the parents.
        package var knowsRoot: Bool

        /// A run as a server told of it.
        package init(run: Run, startTime: Int64, knowsRoot: Bool = false) {
            box = Box(run)
            self.startTime = startTime
            self.knowsRoot = knowsRoot
        }
    }

    /// All that are known.
    package internal(set) var runs: [RunID: Entry] = [:]
    var journal = ChangeJournal()
    /// The runs in the order in which a server lists them.
    package private(set) var starts = StartIndex()
    /// The versions at which this program wrote to runs: an answer to an older question knows nothing of that.
    private var written: [RunID: Int64] = [:]
    /// How far the slow walk over the experiments is.
    package var experimentPages: Pages?
    /// What that walk met since it began.
    package var experimentsMet: Set<ExperimentID> = []
    /// Experiments that came after the runs were read.
    package var unreadExperiments: Set<ExperimentID> = []
    /// Whether the server takes the question for new experiments.
    package var knowsCreationTimes = true
    /// When the server last listed all experiments.
    package var experimentsListed: Timestamp?
    /// Parents that the server does not have (any more).
    private var unreachable: Set<String> = []
    /// How far the questions about each scope have come.
    package var progress: [RunScope: ScopeProgress] = [:]
    /// Bytes of one run's JSON, for estimates; a run with ten of everything to begin with.
    package var runBytes = 4_000

    /// Runs written to that are remembered: far more than questions are under way at a time.
    private static let writtenLimit = 1_000
    /// Missing parents that are remembered, at 100 bytes each; beyond that they are asked about again.
    private static let unreachableLimit = 10_000

    /// Knows of nothing.
    package init() {}

    /// The number of the last change.
    package var version: Int64 { journal.version }
    /// Tells this replica's cursors from all others.
    package var identity: String { journal.identity }
    /// Runs that are not over.
    package var active: Set<RunID> { journal.active }
    /// With the counts of the runs that are known.
    package var experiments: [ExperimentID: Experiment] { journal.experiments }
    /// By name.
    package var allExperiments: [Experiment] { journal.allExperiments }

    /// Keeps runs; parents may come after their children. `asked`: the version at which they were asked for.
    package mutating func take(_ entries: [Entry], asked: Int64? = nil) {
        for entry in entries where (written[entry.run.id] ?? 0) <= asked ?? .max { take(entry) }
        for entry in entries { findRoot(of: entry.run.id) }
    }

    /// Keeps what a run is after this program wrote to it, and returns that.
    package mutating func takeWritten(_ entry: Entry) -> Run {
        let run = take(entry)
        written[run.id] = version
        if written.count > Self.writtenLimit {
            let oldest = written.values.sorted()[Self.writtenLimit / 2]
            written = written.filter { $0.value > oldest }
        }
        return run
    }

    /// Keeps a run and returns it as it is now, with its root as far as ancestors are known.
    @discardableResult
    package mutating func take(_ entry: Entry) -> Run {
        var run = entry.run
        if !entry.knowsRoot { run.rootID = root(of: run) }
        let previous = runs[run.id]
        if previous?.run == run { return run }
        if let previous { starts.remove(run.id, start: previous.startTime, of: previous.run.experimentID) }
        starts.insert(run.id, start: entry.startTime, of: run.experimentID)
        runs[run.id] = Entry(run: run, startTime: entry.startTime, knowsRoot: entry.knowsRoot)
        journal.note(run.id, in: run.experimentID, run.status)
        unreachable.remove(run.id.text)
        return run
    }

    /// Takes note that a run is gone.
    package mutating func remove(_ id: RunID) {
        guard let entry = runs.removeValue(forKey: id) else { return }
        starts.remove(id, start: entry.startTime, of: entry.run.experimentID)
        journal.remove(id)
        written[id] = nil
    }

    /// Keeps all that the server lists; what is not among them is gone.
    package mutating func takeExperiments(_ list: [Experiment]) {
        for experiment in list { take(experiment) }
        let listed = Set(list.map(\.id))
        for id in experiments.keys where !listed.contains(id) { removeExperiment(id) }
    }

    /// Keeps an experiment's name and time.
    package mutating func take(_ experiment: Experiment) {
        // Restored or imported: its runs may have started long ago, so that no question of time finds them.
        if experiments[experiment.id] == nil, !progress.isEmpty { unreadExperiments.insert(experiment.id) }
        journal.note(experiment: experiment.id, named: experiment.name, createdAt: experiment.createdAt)
    }

    /// Takes note that an experiment is gone, and its runs with it.
    package mutating func removeExperiment(_ id: ExperimentID) {
        unreadExperiments.remove(id)
        for run in starts.all(of: id) { remove(run) }
        journal.remove(experiment: id)
        progress[.experiment(id)] = nil
    }

    /// Remembers that the server has no such runs, so that it is not asked for them again and again.
    package mutating func noteMissing(_ parents: some Sequence<String>) {
        if unreachable.count > Self.unreachableLimit { unreachable = [] }
        unreachable.formUnion(parents)
    }

    /// Those of `parents` that are neither known, nor among `others`, nor known to be missing, in order.
    package func missingParents(_ parents: some Sequence<String>, besides others: Set<String>) -> [String] {
        Set(parents).filter { !others.contains($0) && runs[RunID($0)] == nil && !unreachable.contains($0) }.sorted()
    }

    private mutating func findRoot(of id: RunID) {
        guard let entry = runs[id], !entry.knowsRoot, entry.run.parentID != nil else { return }
        let run = entry.run
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
}
