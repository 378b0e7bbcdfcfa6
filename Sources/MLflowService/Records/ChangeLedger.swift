import RunModel
import RunServices

/// What was noticed of a store that itself keeps no record of changes, numbered in the order it was noticed.
///
/// Holds about a hundred bytes for each run and none of the runs themselves.
struct ChangeLedger {
    struct Entry {
        var experiment: String
        var status: RunStatus
        /// Digest of the stored run's surface (`StoredRecord.surface`) when it was last read.
        var surface: UInt64?
        /// Digest of the whole run when it was last read.
        var content: UInt64?
        var revision: Int64
    }

    /// Tells this ledger's cursors from all others.
    let identity = RandomText.identifier()
    private(set) var revision: Int64 = 0
    private(set) var entries: [String: Entry] = [:]
    /// Runs that are not over.
    private(set) var active: Set<String> = []
    /// When a supervisor that stays silent counts as gone, in milliseconds since 1970, by run.
    private(set) var deadlines: [String: Int64] = [:]

    /// In ascending order; a line counts only while its run still has this revision.
    private var journal: [(revision: Int64, id: String)] = []
    private var gone: [(revision: Int64, id: String)] = []
    private var counts: [String: StatusCounts] = [:]
    private var experiments: [String: (value: Experiment, revision: Int64)] = [:]
    private var goneExperiments: [(revision: Int64, id: String)] = []

    var allExperiments: [Experiment] { experiments.values.map(\.value) }

    /// The runs that changed last, newest first.
    func recent(_ count: Int) -> [String] { journal.suffix(count).reversed().map(\.id) }

    /// Takes in a run of which only this much was read.
    mutating func add(_ id: String, experiment: String, status: RunStatus) {
        guard entries[id] == nil else { return }
        entries[id] = Entry(experiment: experiment, status: status, revision: 0)
        count(1, status, in: experiment)
        if !status.isTerminal { active.insert(id) }
        touch(id)
    }

    /// Takes in a run as it was just read, as a change when it differs from what somebody may have been given.
    mutating func observe(_ run: Run, _ stored: StoredRecord) {
        if take(run, stored) { touch(run.id.text) }
    }

    /// Has every run compared as if its surface had changed.
    mutating func forgetSurfaces() {
        for id in entries.keys { entries[id]?.surface = nil }
    }

    /// Notices that a run was deleted, or never was.
    mutating func remove(_ id: String) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        count(-1, entry.status, in: entry.experiment)
        active.remove(id)
        deadlines[id] = nil
        revision += 1
        gone.append((revision, id))
    }

    /// Takes in all experiments as they are now, with the counts of the runs known; call it after these.
    mutating func setExperiments(_ stored: [StoredExperiment]) {
        revision += 1
        var isUsed = false
        let ids = Set(stored.map(\.id))
        for id in experiments.keys where !ids.contains(id) {
            experiments[id] = nil
            goneExperiments.append((revision, id))
            isUsed = true
        }
        for experiment in stored {
            let value = Experiment(
                id: ExperimentID(experiment.id), name: experiment.name,
                createdAt: Timestamp(milliseconds: experiment.createdAt),
                counts: counts[experiment.id] ?? StatusCounts())
            if experiments[experiment.id]?.value == value { continue }
            experiments[experiment.id] = (value, revision)
            isUsed = true
        }
        if !isUsed { revision -= 1 }
    }

    /// Whether the run is another one than was read before; one never read was given to nobody.
    private mutating func take(_ run: Run, _ stored: StoredRecord) -> Bool {
        let id = run.id.text
        let content = run.digest
        let before = entries[id]
        var entry =
            before ?? Entry(experiment: run.experimentID.text, status: run.status, revision: 0)
        deadlines[id] = MLflowMapping.supervisionEnd(of: stored.record)
        if let before { count(-1, before.status, in: before.experiment) }
        count(1, run.status, in: run.experimentID.text)
        (entry.experiment, entry.status) = (run.experimentID.text, run.status)
        (entry.surface, entry.content) = (stored.surface, content)
        entries[id] = entry
        if run.status.isTerminal { active.remove(id) } else { active.insert(id) }
        guard let before else { return true }
        return before.content.map { $0 != content } ?? false
    }

    private mutating func touch(_ id: String) {
        revision += 1
        entries[id]?.revision = revision
        journal.append((revision, id))
        // Lines that count no more are thrown out before they double the journal.
        if journal.count > 2 * entries.count + 1_024 {
            journal.removeAll { entries[$0.id]?.revision != $0.revision }
        }
    }

    private mutating func count(_ amount: Int, _ status: RunStatus, in experiment: String) {
        counts[experiment, default: StatusCounts()].add(amount, of: status)
    }
}

extension ChangeLedger {
    struct Page {
        /// Runs to be read and put into `batch`.
        var ids: [String] = []
        var batch: ChangeBatch
    }

    static func noExperiment(_ id: ExperimentID) -> RunServiceError {
        RunServiceError(
            .notFound, "There is no experiment \(Shown.text(id.text)) in this store; it may have been deleted.")
    }

    /// The next page since `position`: first what changed, then, with the room left, more of the full read.
    ///
    /// A page size of 0 leaves the full read where it is. Throws `notFound` for an experiment that does not exist, and
    /// `invalid` for a position in another ledger.
    func page(in scope: RunScope, since position: LedgerPosition?, size: Int) throws(RunServiceError) -> Page {
        if case .experiment(let id) = scope, experiments[id.text] == nil { throw Self.noExperiment(id) }
        guard var place = position else {
            let start = LedgerPosition(identity: identity, scope: scope, seen: revision, backfill: revision)
            return page(from: start, after: 0, isFirst: true, ids: [], max(1, size))
        }
        guard place.identity == identity, place.seen <= revision else { throw LedgerPosition.unusable }
        let before = place.seen
        let fresh = fresh(after: before, in: scope, size > 0 ? size : Self.changesPage)
        place.seen = fresh.seen
        return page(from: place, after: before, isFirst: false, ids: fresh.ids, size)
    }

    /// Runs in one answer when the asker leaves it to us.
    private static let changesPage = 2_000

    private func page(
        from position: LedgerPosition, after before: Int64, isFirst: Bool, ids: [String], _ limit: Int
    ) -> Page {
        var place = position
        var page = Page(ids: ids, batch: ChangeBatch(cursor: place.cursor))
        let range = (isFirst ? -1 : before)..<place.seen
        page.batch.experiments = experiments.values.filter { range.contains($0.revision - 1) }.map(\.value)
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        if !isFirst {
            page.batch.goneRuns = gone.filter { range.contains($0.revision - 1) && entries[$0.id] == nil }
                .map { RunID($0.id) }
            page.batch.goneExperiments = goneExperiments.filter {
                range.contains($0.revision - 1) && experiments[$0.id] == nil
            }.map { ExperimentID($0.id) }
        }
        if let backfill = place.backfill, ids.count < limit {
            let waiting = waiting(upTo: backfill, in: place.scope, limit - ids.count)
            page.ids += waiting.ids
            place.backfill = waiting.backfill
        }
        page.batch.hasMore = place.backfill != nil || place.seen < revision
        page.batch.cursor = place.cursor
        return page
    }

    /// Oldest change first, so that a page that is cut off leaves only newer ones for later.
    private func fresh(after seen: Int64, in scope: RunScope, _ limit: Int) -> (ids: [String], seen: Int64) {
        var ids: [String] = []
        for line in journal[firstLine(after: seen)...] where counts(line, in: scope) {
            ids.append(line.id)
            if ids.count == limit { return (ids, line.revision) }
        }
        return (ids, revision)
    }

    private func waiting(
        upTo backfill: Int64, in scope: RunScope, _ room: Int
    ) -> (ids: [String], backfill: Int64?) {
        var ids: [String] = []
        for line in journal[..<firstLine(after: backfill)].reversed() where counts(line, in: scope) {
            if ids.count == room { return (ids, line.revision) }
            ids.append(line.id)
        }
        return (ids, nil)
    }

    private func counts(_ line: (revision: Int64, id: String), in scope: RunScope) -> Bool {
        guard let entry = entries[line.id], entry.revision == line.revision else { return false }
        if case .experiment(let id) = scope { return entry.experiment == id.text }
        return true
    }

    /// The index of the first line of a greater revision.
    private func firstLine(after revision: Int64) -> Int {
        var (low, high) = (0, journal.count)
        while low < high {
            let middle = (low + high) / 2
            if journal[middle].revision <= revision { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
