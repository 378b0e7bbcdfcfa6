import GRDB
import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices
import SQLiteStatements

/// An MLflow database as one call reads it; each question is answered from one state of the file.
struct DatabaseSession: RecordSession {
    let db: Database
    let schema: MLflowSchema
    /// Of the database file; what relative artifact locations begin at.
    let directory: String
    let series: DatabaseSeries

    /// One consistent state, for the few milliseconds that `body` takes.
    func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
        if db.isInsideTransaction { return try body() }
        return try db.transaction("BEGIN DEFERRED") { _ in try body() }
    }

    func records(_ ids: [String]) throws -> [StoredRecord] {
        try snapshot {
            var page = DatabaseRecordPage()
            try page.read(ids, from: self)
            return page.records
        }
    }

    /// SQLite keeps up to 2 MB of pages, most of which were read once; from here on a tick reads few, which the system has too.
    func letGo() {
        db.releaseMemory()
        // Negative: in KiB. Where it can't be set the cache stays as large as it was.
        try? db.execute(sql: "PRAGMA cache_size = -256")
    }

    func experiments() throws -> [StoredExperiment] {
        var found: [StoredExperiment] = []
        let sql = """
            SELECT experiment_id, name, COALESCE(creation_time, 0) FROM experiments WHERE lifecycle_stage = 'active'
            """
        try db.forEachRow(sql) { row in
            found.append(StoredExperiment(id: row.text(0), name: row.text(1), createdAt: row.integer(2)))
            return true
        }
        return found
    }

    func isDeleted(_ id: String) throws -> Bool {
        let sql = """
            SELECT 1 FROM runs JOIN experiments ON experiments.experiment_id = runs.experiment_id
            WHERE run_uuid = ? AND (runs.lifecycle_stage <> 'active' OR experiments.lifecycle_stage <> 'active')
            """
        return try db.first(sql, [.text(id)]) { _ in true } ?? false
    }

    func deletedRuns() throws -> [DeletedRun] {
        var found: [DeletedRun] = []
        let time = schema.hasDeletionTimes ? "runs.deleted_time" : "NULL"
        try db.forEachRow(
            """
            SELECT run_uuid, COALESCE(runs.name, ''), experiments.name, \(time) FROM runs
            JOIN experiments ON experiments.experiment_id = runs.experiment_id
            WHERE runs.lifecycle_stage <> 'active' AND experiments.lifecycle_stage = 'active'
            ORDER BY \(time), runs.rowid
            """
        ) { row in
            found.append(
                DeletedRun(
                    id: RunID(row.text(0)), name: row.text(1), experimentName: row.text(2),
                    deletedAt: row.optionalInteger(3).map(Timestamp.init(milliseconds:))))
            return true
        }
        return found
    }

    func ids(in experiment: String?) throws -> [String] {
        var ids: [String] = []
        let restriction = experiment == nil ? "" : " AND runs.experiment_id = ?"
        try db.forEachRow(
            """
            SELECT runs.run_uuid FROM runs
            JOIN experiments ON experiments.experiment_id = runs.experiment_id
            LEFT JOIN tags ON tags.key = '\(MLflowTag.started)' AND tags.run_uuid = runs.run_uuid
            WHERE runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active'\(restriction)
            ORDER BY COALESCE(CAST(tags.value AS INTEGER), start_time) DESC, runs.rowid DESC
            """, experiment.map { [.text($0)] } ?? []
        ) { row in
            ids.append(row.text(0))
            return true
        }
        return ids
    }

    func parents(of ids: [String]) throws -> [String: String] {
        var parents: [String: String] = [:]
        let sql = """
            SELECT tags.run_uuid, tags.value FROM json_each(?) AS wanted
            CROSS JOIN tags ON tags.key = '\(MLflowTag.parent)' AND tags.run_uuid = wanted.value
            WHERE tags.value <> ''
            """
        try db.forEachRow(sql, [.text(ids.json)]) { row in
            parents[row.text(0)] = row.text(1)
            return true
        }
        return parents
    }

    func parentage() throws -> [(child: String, parent: String)] {
        var pairs: [(String, String)] = []
        let sql = """
            SELECT tags.run_uuid, tags.value FROM tags JOIN runs ON runs.run_uuid = tags.run_uuid
            WHERE tags.key = '\(MLflowTag.parent)' AND runs.lifecycle_stage = 'active' ORDER BY runs.rowid
            """
        try db.forEachRow(sql) { row in
            pairs.append((row.text(0), row.text(1)))
            return true
        }
        return pairs
    }

    func artifacts(of stored: StoredRecord) -> ArtifactPlace {
        ArtifactPlace(
            uri: stored.artifactURI, run: stored.record.id, experiment: stored.record.experimentID,
            ofDatabaseIn: directory)
    }
}

/// Metric values as MLflow's SQL store holds them: NaN beside a 0, infinities as the greatest number.
enum StoredPoint {
    static func decode(_ row: SQLRow, step: Int32, timestamp: Int32, value: Int32, isNaN: Int32) -> MetricPoint {
        var number = row.real(value)
        if row.integer(isNaN) != 0 {
            number = .nan
        } else if number.magnitude == .greatestFiniteMagnitude {
            number = number < 0 ? -.infinity : .infinity
        }
        return MetricPoint(
            step: row.integer(step), timestamp: Timestamp(milliseconds: row.integer(timestamp)),
            value: .number(number))
    }

    static func encode(_ value: MetricValue) -> (value: Double, isNaN: Bool) {
        let number = value.number ?? .nan
        if number.isNaN { return (0, true) }
        if number.isInfinite { return (number < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude, false) }
        return (number, false)
    }
}
