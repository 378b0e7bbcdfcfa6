import MLflowMeaning
import RunModel
import RunServices

/// What was noticed of a store that itself keeps no record of changes.
///
/// Holds about a hundred bytes for each run and none of the runs themselves.
struct ChangeLedger {
    /// What is known of a run.
    struct Entry {
        var status: RunStatus
        /// Digest of the stored run's surface (`StoredRecord.surface`) when it was last read.
        var surface: UInt64?
    }

    /// Of a run when it was last read.
    private struct Digests {
        /// Nil where the run must be compared whatever its surface says.
        var surface: UInt64?
        /// Of the whole run.
        var content: UInt64
    }

    private var journal = ChangeJournal()
    /// Of the runs that were read.
    private var digests: [String: Digests] = [:]
    /// When a supervisor that stays silent counts as gone, in milliseconds since 1970, by run.
    private(set) var deadlines: [String: Int64] = [:]

    /// The runs that are known, by id.
    struct Entries {
        fileprivate let ledger: ChangeLedger

        var count: Int { ledger.journal.runs.count }
        var keys: [String] { ledger.journal.runs.keys.map(\.text) }

        subscript(id: String) -> Entry? {
            ledger.journal.runs[RunID(id)].map { Entry(status: $0.status, surface: ledger.digests[id]?.surface ?? nil) }
        }
    }

    var entries: Entries { Entries(ledger: self) }

    /// Runs that are not over.
    var active: LazyMapSequence<Set<RunID>, String> { journal.active.lazy.map(\.text) }

    /// By name.
    var allExperiments: [Experiment] { journal.allExperiments }

    /// The runs that changed last, newest first.
    func recent(_ count: Int) -> [String] { journal.recent(count).map(\.text) }

    /// Makes room for so many runs more, before they are taken in.
    mutating func reserve(_ count: Int) { journal.reserve(count) }

    /// Takes in a run of which only this much was read.
    mutating func add(_ id: String, experiment: String, status: RunStatus) {
        if journal.runs[RunID(id)] != nil { return }
        journal.note(RunID(id), in: ExperimentID(experiment), status)
    }

    /// Takes in a run as it was just read, as a change when it differs from what a reader may have been given.
    mutating func observe(_ run: Run, _ stored: StoredRecord) {
        let id = run.id.text
        let content = run.digest
        // A run that was never read was given to no reader.
        let isChange = digests[id].map { $0.content != content } ?? false
        digests[id] = Digests(surface: stored.surface, content: content)
        deadlines[id] = MLflowMapping.supervisionEnd(of: stored.record)
        journal.note(run.id, in: run.experimentID, run.status, isChange: isChange)
    }

    /// Has every run compared as if its surface had changed.
    mutating func forgetSurfaces() {
        for id in digests.keys { digests[id]?.surface = nil }
    }

    /// Notices that a run was deleted, or never was.
    mutating func remove(_ id: String) {
        digests[id] = nil
        deadlines[id] = nil
        journal.remove(RunID(id))
    }

    /// Takes in all experiments as they are now.
    mutating func setExperiments(_ stored: [StoredExperiment]) {
        let ids = Set(stored.map { ExperimentID($0.id) })
        for id in journal.experiments.keys where !ids.contains(id) { journal.remove(experiment: id) }
        for experiment in stored {
            journal.note(
                experiment: ExperimentID(experiment.id), named: experiment.name,
                createdAt: Timestamp(milliseconds: experiment.createdAt))
        }
    }
}

extension ChangeLedger {
    static func noExperiment(_ id: ExperimentID) -> RunServiceError {
        RunServiceError(
            .notFound, "There is no experiment \(Shown.text(id.text)) in this store; it may have been deleted.")
    }

    /// The next page since `position`, as the journal has it.
    func page(
        in scope: RunScope, since position: JournalPosition?, size: Int
    ) throws(RunServiceError) -> ChangeJournal.Page {
        if case .experiment(let id) = scope, journal.experiments[id] == nil { throw Self.noExperiment(id) }
        return try journal.page(in: scope, since: position, size: size)
    }
}
