package import RunModel

/// What was noticed of the runs and experiments of a service that itself keeps no record of changes, numbered in the
/// order in which it was noticed; the base of such a service's `changes`.
///
/// Holds about a hundred bytes for each run and none of the runs themselves. What is gone is remembered up to a limit:
/// a reader that comes back after more than that starts again (`requireMemory`).
package struct ChangeJournal: Sendable {
    /// What is known of a run.
    package struct Entry: Sendable, Equatable {
        /// The experiment that the run was last seen in.
        package var experiment: ExperimentID
        /// The status that the run was last seen with.
        package var status: RunStatus
        /// The version at which it last changed.
        package var version: Int64
    }

    enum Subject: Hashable {
        case run(RunID)
        case experiment(ExperimentID)
    }

    struct Line {
        var version: Int64
        var subject: Subject
    }

    struct Gone {
        /// The run's experiment, or the experiment itself.
        var experiment: ExperimentID
        var version: Int64
    }

    /// Tells this journal's cursors from all others.
    package let identity = RandomText.identifier()
    /// The number of the last change; 0 before the first.
    package private(set) var version: Int64 = 0
    /// All runs that are known and not gone.
    package private(set) var runs: [RunID: Entry] = [:]
    /// Runs that are not over.
    package private(set) var active: Set<RunID> = []
    /// With the counts of the runs noticed so far.
    package private(set) var experiments: [ExperimentID: Experiment] = [:]

    private var experimentVersions: [ExperimentID: Int64] = [:]
    private var counts: [ExperimentID: StatusCounts] = [:]
    private(set) var gone: [Subject: Gone] = [:]
    /// What went at this version or before may be forgotten.
    private var horizon: Int64 = 0
    /// In ascending order; a line counts only while its subject has not changed again.
    private(set) var lines: [Line] = []
    private let goneLimit: Int

    /// - Parameter goneLimit: runs and experiments that are gone and remembered, at 100 bytes each.
    package init(goneLimit: Int = 10_000) { self.goneLimit = max(2, goneLimit) }

    /// Takes note of a run as it is now; `isChange` is whether readers are to be told.
    package mutating func note(
        _ id: RunID, in experiment: ExperimentID, _ status: RunStatus, isChange: Bool = true
    ) {
        // A store opens with all its runs, so a new one costs as few lookups as can be.
        let before = runs.updateValue(Entry(experiment: experiment, status: status, version: version + 1), forKey: id)
        let wasActive = before.map { !$0.status.isTerminal } ?? false
        if wasActive && status.isTerminal { active.remove(id) }
        if !wasActive && !status.isTerminal { active.insert(id) }
        if !gone.isEmpty { gone[.run(id)] = nil }
        if let before, !isChange {
            runs[id]?.version = before.version
        } else {
            version += 1
            append(.run(id))
        }
        if before?.status != status || before?.experiment != experiment {
            if let before { count(-1, before.status, in: before.experiment) }
            count(1, status, in: experiment)
        }
    }

    /// Makes room for so many runs more, before they are noted.
    package mutating func reserve(_ count: Int) {
        runs.reserveCapacity(runs.count + count)
        lines.reserveCapacity(lines.count + count)
    }

    /// Tells readers about a run that is known though nothing that is noted here has changed.
    package mutating func touch(_ id: RunID) {
        guard runs[id] != nil else { return }
        version += 1
        runs[id]?.version = version
        append(.run(id))
    }

    /// Notices that a run was deleted, or never was.
    package mutating func remove(_ id: RunID) {
        guard let entry = runs.removeValue(forKey: id) else { return }
        active.remove(id)
        count(-1, entry.status, in: entry.experiment)
        forget(.run(id), of: entry.experiment)
    }

    /// Takes note of an experiment as it is now.
    package mutating func note(experiment id: ExperimentID, named name: String, createdAt: Timestamp) {
        let value = Experiment(id: id, name: name, createdAt: createdAt, counts: counts[id] ?? StatusCounts())
        if experiments[id] == value { return }
        experiments[id] = value
        if !gone.isEmpty { gone[.experiment(id)] = nil }
        touch(experiment: id)
    }

    /// Notices that an experiment was deleted; its runs are removed one by one.
    package mutating func remove(experiment id: ExperimentID) {
        guard experiments.removeValue(forKey: id) != nil else { return }
        experimentVersions[id] = nil
        forget(.experiment(id), of: id)
    }

    /// Throws `invalid` when what a reader at `version` has to be told is not known any more, or was never here.
    package func requireMemory(of version: Int64) throws(RunServiceError) {
        if version >= horizon && version <= self.version { return }
        throw RunServiceError(
            .invalid, "This place in the changes is not known any more; everything is read again.")
    }

    /// Whether a line tells of its subject's last change.
    func isLatest(_ line: Line) -> Bool {
        let latest =
            switch line.subject {
            case .run(let id): runs[id]?.version
            case .experiment(let id): experimentVersions[id]
            }
        return (latest ?? gone[line.subject]?.version) == line.version
    }

    private mutating func touch(experiment id: ExperimentID) {
        version += 1
        experimentVersions[id] = version
        append(.experiment(id))
    }

    private mutating func count(_ amount: Int, _ status: RunStatus, in experiment: ExperimentID) {
        counts[experiment, default: StatusCounts()].add(amount, of: status)
        if amount < 0 && counts[experiment]?.byStatus.isEmpty == true { counts[experiment] = nil }
        guard experiments[experiment] != nil else { return }
        experiments[experiment]?.counts = counts[experiment] ?? StatusCounts()
        touch(experiment: experiment)
    }

    private mutating func forget(_ subject: Subject, of experiment: ExperimentID) {
        version += 1
        gone[subject] = Gone(experiment: experiment, version: version)
        append(subject)
        guard gone.count > goneLimit else { return }
        // The older half at once, so that sorting costs little for each.
        let versions = gone.values.map(\.version).sorted()
        horizon = versions[versions.count / 2]
        gone = gone.filter { $0.value.version > horizon }
    }

    private mutating func append(_ subject: Subject) {
        lines.append(Line(version: version, subject: subject))
        // Half of them count no more, so cleaning up costs little for each change.
        if lines.count > 2 * (runs.count + experiments.count + gone.count) + 1_024 { lines = lines.filter(isLatest) }
    }
}
