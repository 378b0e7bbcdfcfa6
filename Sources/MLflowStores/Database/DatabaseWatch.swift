import Algorithms
import MLflowMeaning
import RunModel
import RunServices
import SQLiteStatements

/// Notices what changed in a database that keeps no record of changes, at a cost that grows with what changed.
///
/// A commit by any process shows in `PRAGMA data_version`; without one there is nothing to do. After one: new rows of
/// each table have the greatest row ids, which finds new runs, tags, parameters and metric points at once; runs that
/// are not over or changed lately are compared; and all others are compared in slices, so that an edit that leaves no
/// other trace (a tag's new value, a deletion) shows within `passDuration`.
///
/// SQLite gives a row id anew once its row was deleted, as `mlflow gc` does by thousands. So each mark remembers what
/// its row was, and where that is another one by now, new rows may lie below it too.
struct DatabaseWatch {
    /// Milliseconds in which every run is compared once after a commit.
    private static let passDuration: Int64 = 20_000
    /// Runs compared in a slice at least; a millisecond or two.
    private static let smallestSlice = 500
    /// Runs compared at once, so that no read lasts longer than a few milliseconds.
    private static let page = 500
    /// Runs not over, and runs changed lately, that are compared after every commit; beyond these the slices come by.
    private static let (activeLimit, recentLimit) = (500, 100)
    /// Rows read at once when the ledger begins.
    private static let loadingPage: Int64 = 20_000

    /// The newest row of a table when it was last looked at.
    struct Mark: Equatable {
        var row: Int64
        /// What tells the row from any that gets its id later.
        var content: String
    }

    /// The tables in which a row is new when something was logged, and what tells one row of each from another.
    static let tables = [
        (name: "runs", content: "run_uuid"), (name: "tags", content: "run_uuid || ' ' || key"),
        (name: "params", content: "run_uuid || ' ' || key"),
        (name: "metrics", content: "run_uuid || ' ' || step || ' ' || timestamp || ' ' || key"),
    ]
    /// Rows of `tags` looked at below a mark whose row is gone; people delete tags singly.
    static let tagsBelow: Int64 = 200

    private var version: Int64?
    var marks: [String: Mark] = [:]
    /// Deleted runs, which a person may restore.
    var resting: Set<String> = []
    /// Runs still to be compared in the pass at hand.
    private var waiting: ArraySlice<String> = []
    /// A commit came during the pass at hand, so another must follow.
    private var needsPass = false
    private var lastSlice: Int64 = 0

    mutating func refresh(_ ledger: inout ChangeLedger, _ session: DatabaseSession, at now: Timestamp) throws {
        // Asked before the reads, so that a commit in between is looked at again rather than missed.
        let current = try session.db.integer("PRAGMA data_version") ?? 0
        let isFirst = version == nil
        let isChanged = version != current
        if isFirst {
            try load(&ledger, session, at: now)
        } else if isChanged {
            needsPass = true
            let new = try newRows(session)
            try observe(Array(new.ids), &ledger, session, at: now)
            if new.reused.contains("runs") { try compareIDs(&ledger, session, at: now) }
            // Points and parameters leave no trace in a surface, so everything is read again, the active runs now.
            if new.reused.contains("metrics") || new.reused.contains("params") { ledger.forgetSurfaces() }
            // Not before they were taken in, so that a read that fails in between is repeated.
            marks = new.marks
            let watched = Set(ledger.active.prefix(Self.activeLimit)).union(ledger.recent(Self.recentLimit))
            try compare(Array(watched), &ledger, session, at: now)
        }
        let due = ledger.deadlines.filter { $0.value < now.milliseconds }.map(\.key)
        if !due.isEmpty { try observe(due, &ledger, session, at: now) }
        let compared = try compareSlice(&ledger, session, at: now)
        if isFirst || isChanged || compared || !due.isEmpty { ledger.setExperiments(try session.experiments()) }
        version = current
    }

    /// Another connection counts commits otherwise: there may have been some.
    mutating func expectChange() {
        // No `data_version` is negative.
        if version != nil { version = -1 }
    }

    /// Takes in every run by what its row says, the newest last, and reads those whose tags say more.
    private mutating func load(_ ledger: inout ChangeLedger, _ session: DatabaseSession, at now: Timestamp) throws {
        marks = try newRows(session).marks
        var rows: [(id: String, experiment: String, status: RunStatus)] = []
        var moments: [Int64] = []
        var pool = TextPool()
        var last: Int64 = -1
        let sql = """
            SELECT runs.rowid, run_uuid, runs.experiment_id, status,
                MAX(COALESCE(start_time, 0), COALESCE(end_time, 0)),
                runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active'
            FROM runs JOIN experiments ON experiments.experiment_id = runs.experiment_id
            WHERE runs.rowid > ? ORDER BY runs.rowid LIMIT ?
            """
        while true {
            var count: Int64 = 0
            try session.db.forEachRow(sql, [.integer(last), .integer(Self.loadingPage)]) { row in
                (last, count) = (row.integer(0), count + 1)
                if row.integer(5) == 0 {
                    resting.insert(row.text(1))
                } else {
                    rows.append((row.text(1), pool.text(row.bytes(2)), MLflowMapping.status(word: row.text(3))))
                    moments.append(row.integer(4))
                }
                return true
            }
            if count < Self.loadingPage { break }
        }
        // Rows come in the order in which runs were made, which decides between equals.
        let ordered = moments.indices.sorted { (moments[$0], $0) < (moments[$1], $1) }
        ledger.reserve(rows.count)
        for index in ordered {
            ledger.add(rows[index].id, experiment: rows[index].experiment, status: rows[index].status)
        }
        var special: [String] = []
        try session.db.forEachRow(
            """
            SELECT run_uuid FROM tags WHERE key = '\(MLflowTag.status)' UNION
            SELECT run_uuid FROM (SELECT run_uuid FROM tags WHERE key = '\(MLflowTag.supervisor)' EXCEPT
                SELECT run_uuid FROM tags WHERE key = '\(MLflowTag.exit)')
            """
        ) { row in
            special.append(row.text(0))
            return true
        }
        try observe(special, &ledger, session, at: now)
    }

    /// Compares the surfaces of runs with what is known, and reads those that differ.
    private mutating func compare(
        _ ids: [String], _ ledger: inout ChangeLedger, _ session: DatabaseSession, at now: Timestamp
    ) throws {
        for part in ids.chunks(ofCount: Self.page).map(Array.init) {
            let surfaces = try session.snapshot { try DatabaseRecordPage.surfaces(of: part, from: session) }
            let changed = part.filter { id in
                // Deleted when it was last looked at.
                guard let entry = ledger.entries[id] else { return surfaces[id] != nil }
                guard let surface = surfaces[id] else { return true }
                // Nothing was handed out of a run never read; it is read when its turn comes.
                return entry.surface.map { $0 != surface } ?? true
            }
            try observe(changed, &ledger, session, at: now)
        }
    }

    private mutating func compareSlice(
        _ ledger: inout ChangeLedger, _ session: DatabaseSession, at now: Timestamp
    ) throws -> Bool {
        if waiting.isEmpty {
            if !needsPass { return false }
            needsPass = false
            waiting = (Array(ledger.entries.keys) + resting)[...]
            lastSlice = now.milliseconds
        }
        let elapsed = max(0, min(Self.passDuration, now.milliseconds - lastSlice))
        lastSlice = now.milliseconds
        let share = (ledger.entries.count + resting.count) * Int(elapsed) / Int(Self.passDuration)
        let slice = waiting.prefix(max(Self.smallestSlice, share))
        waiting = waiting.dropFirst(slice.count)
        try compare(Array(slice), &ledger, session, at: now)
        return true
    }

    mutating func observe(
        _ ids: [String], _ ledger: inout ChangeLedger, _ session: DatabaseSession, at now: Timestamp
    ) throws {
        for part in ids.chunks(ofCount: Self.page).map(Array.init) {
            let stored = try session.records(part)
            let runs = try session.runs(from: stored, at: now)
            for (run, record) in zip(runs, stored) { ledger.observe(run, record) }
            let found = Set(stored.map(\.record.id))
            resting.subtract(found)
            for id in part where !found.contains(id) {
                ledger.remove(id)
                resting.insert(id)
            }
        }
    }
}
