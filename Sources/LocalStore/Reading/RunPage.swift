import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// Turns rows of `runs` into whole `Run` values: one statement for the runs, one for each kind of their parts.
struct RunPage {
    /// Where the rows come from: everything after `FROM`, with the values of its placeholders.
    struct Selection {
        var clause: String
        var values: [SQLValue] = []

        /// The runs with these keys, in this order.
        static func keys(_ keys: [Int64]) -> Selection {
            Selection(clause: "json_each(?) AS wanted CROSS JOIN runs ON runs.pk = wanted.value", values: [keys.json])
        }
    }

    private(set) var runs: [Run] = []
    /// In the order of `runs`.
    private(set) var keys: [Int64] = []
    private(set) var revisions: [Int64] = []
    /// Of the last row, as it is stored: what a listing is ordered by.
    private(set) var lastStart = SQLValue.null
    private var pool = TextPool()

    /// Reads the selected rows, which come back in the selection's own order.
    static func read(_ selection: Selection, from db: Database) throws -> RunPage {
        var page = RunPage()
        try page.readRuns(selection, from: db)
        if !page.runs.isEmpty { try page.readParts(from: db) }
        return page
    }

    private mutating func readRuns(_ selection: Selection, from db: Database) throws {
        var parents: [(parent: Int64?, root: Int64)] = []
        var experiments: [Int64] = []
        try db.forEachRow(Self.columns + selection.clause, selection.values) { row in
            let id = RunID(row.text(1))
            let root = row.integer(4)
            keys.append(row.integer(0))
            experiments.append(row.integer(2))
            parents.append((row.optionalInteger(3), root))
            revisions.append(row.integer(14))
            lastStart = row.number(15)
            let hasFailure = !row.isNull(12) || !row.isNull(13)
            runs.append(
                Run(
                    id: id, experimentID: ExperimentID(""), name: row.text(6), number: Int(row.integer(5)),
                    status: StoredStatus.decode(row.bytes(7)), rootID: id,
                    createdAt: Timestamp(milliseconds: row.integer(8)),
                    startedAt: row.optionalInteger(9).map(Timestamp.init(milliseconds:)),
                    endedAt: row.optionalInteger(10).map(Timestamp.init(milliseconds:)),
                    user: pool.text(row.bytes(11)),
                    failure: hasFailure
                        ? RunFailure(code: row.optionalText(12), message: row.optionalText(13)) : nil))
            return true
        }
        try resolveExperiments(experiments, from: db)
        try resolveAncestors(parents, from: db)
    }

    private mutating func resolveExperiments(_ wanted: [Int64], from db: Database) throws {
        var found: [Int64: (id: ExperimentID, name: String)] = [:]
        for index in runs.indices {
            let key = wanted[index]
            if found[key] == nil {
                found[key] = try db.first("SELECT id, name FROM experiments WHERE pk = ?", [.integer(key)]) {
                    (ExperimentID($0.text(0)), $0.text(1))
                }
            }
            guard let experiment = found[key] else { continue }
            runs[index].experimentID = experiment.id
            runs[index].experimentName = experiment.name
        }
    }

    /// A parent that is missing, the run itself or below it is none.
    private mutating func resolveAncestors(_ wanted: [(parent: Int64?, root: Int64)], from db: Database) throws {
        var ancestors = Ancestors()
        for index in runs.indices {
            guard let parent = wanted[index].parent, try !ancestors.isAbove(keys[index], itself: parent, db),
                let id = try ancestors.id(of: parent, db)
            else { continue }
            runs[index].parentID = id
            runs[index].rootID = try ancestors.id(of: wanted[index].root, db) ?? id
        }
    }

    private static let columns = """
        SELECT runs.pk, runs.id, experiment_pk, parent_pk, root_pk, number, name, status, created_at, started_at, ended_at,
            user, failure_code, failure_message, revision, COALESCE(started_at, created_at) FROM\u{20}
        """
}

extension RunPage {
    private mutating func readParts(from db: Database) throws {
        try readPart("tags", "part.value", from: db) { row, pool in
            row.isNull(2) ? nil : pool.text(row.bytes(2))
        } store: { run, tags in
            // Most runs have no tags of machinery, and then keep what they were given.
            guard tags.keys.contains(where: MachineTag.isOne) else {
                run.tags = tags
                return
            }
            let pairs = tags.entries.map { ($0.key, $0.value) }
            run.tags = Tags(pairs.filter { !MachineTag.isOne($0.0) })
            run.machineTags = Tags(pairs.filter { MachineTag.isOne($0.0) })
        }
        try readPart("properties", "part.value", from: db) { row, pool in
            pool.text(row.bytes(2))
        } store: {
            $0.properties = $1
        }
        try readPart("params", "part.value", from: db) { row, pool in
            pool.text(row.bytes(2))
        } store: {
            $0.params = $1
        }
        try readPart("latest_metrics", "part.value, part.step, part.timestamp", from: db) { row, _ in
            MetricPoint(
                step: row.integer(3), timestamp: Timestamp(milliseconds: row.integer(4)),
                value: StoredMetricValue.decode(row, 2))
        } store: {
            $0.metrics = $1
        }
    }

    /// Runs one statement over all runs of the page; CROSS JOIN keeps the page's order and, within a run, the order of keys.
    private mutating func readPart<Value: Equatable & Sendable>(
        _ table: String, _ columns: String, from db: Database, decode: (SQLRow, inout TextPool) -> Value,
        store: (inout Run, KeyedValues<Value>) -> Void
    ) throws {
        let sql = """
            SELECT part.run_pk, part.key, \(columns)
            FROM json_each(?) AS page CROSS JOIN \(table) AS part ON part.run_pk = page.value
            """
        var position = 0
        var (names, values): ([String], [Value]) = ([], [])
        try db.forEachRow(sql, [keys.json]) { row in
            let key = row.integer(0)
            if keys[position] != key {
                if !names.isEmpty { store(&runs[position], KeyedValues(keys: names, values: values)) }
                names.removeAll(keepingCapacity: true)
                values.removeAll(keepingCapacity: true)
                while keys[position] != key { position += 1 }
            }
            names.append(pool.text(row.bytes(1)))
            values.append(decode(row, &pool))
            return true
        }
        if !names.isEmpty { store(&runs[position], KeyedValues(keys: names, values: values)) }
    }
}
