import GRDB
import MLflowMeaning
import RunModel
import SQLiteStatements

/// Turns rows of `runs` into records: one statement for the runs, one for each kind of their parts.
struct DatabaseRecordPage {
    private(set) var records: [StoredRecord] = []
    private var pool = TextPool()

    mutating func read(_ ids: [String], from session: DatabaseSession) throws {
        if ids.isEmpty { return }
        let sql = """
            SELECT \(Self.columns), artifact_uri FROM json_each(?) AS wanted CROSS JOIN \(Self.tables)
            """
        // Rows come in the order of `ids`, whose texts are kept elsewhere already.
        var rest = ids[...]
        try session.db.forEachRow(sql, [.text(ids.json)]) { row in
            let bytes = row.bytes(0)
            rest = rest.drop { !$0.utf8.elementsEqual(bytes) }
            let record = MLflowRecord(
                id: rest.first ?? row.text(0), experimentID: pool.text(row.bytes(1)),
                experimentName: pool.text(row.bytes(2)), name: pool.text(row.bytes(3)), status: pool.text(row.bytes(4)),
                startTime: row.integer(5),
                endTime: row.optionalInteger(6), user: pool.text(row.bytes(7)))
            records.append(StoredRecord(record: record, artifactURI: row.text(8), surface: Self.digest(row)))
            return true
        }
        try readParts(session.db)
    }

    /// What `surfaces` and whole records have in common, the id first.
    private static let columns = """
        runs.run_uuid, runs.experiment_id, experiments.name, COALESCE(runs.name, ''), runs.status,
            COALESCE(start_time, 0), end_time, COALESCE(user_id, '')
        """
    private static let tables = """
        runs ON runs.run_uuid = wanted.value
        JOIN experiments ON experiments.experiment_id = runs.experiment_id
        WHERE runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active'
        """

    /// Digests of the runs' rows and tags, which others may change without leaving another trace.
    static func surfaces(of ids: [String], from session: DatabaseSession) throws -> [String: UInt64] {
        var surfaces: [String: UInt64] = [:]
        let wanted: [SQLValue] = [.text(ids.json)]
        let runs = "SELECT \(columns) FROM json_each(?) AS wanted CROSS JOIN \(tables)"
        try session.db.forEachRow(runs, wanted) { row in
            surfaces[row.text(0)] = digest(row)
            return true
        }
        let tags = """
            SELECT tags.run_uuid, tags.key, COALESCE(tags.value, '') FROM json_each(?) AS wanted
            CROSS JOIN tags ON tags.run_uuid = wanted.value
            """
        var (current, sum) = ("", UInt64(0))
        try session.db.forEachRow(tags, wanted) { row in
            let bytes = row.bytes(0)
            if !current.utf8.elementsEqual(bytes) {
                if surfaces[current] != nil { surfaces[current]! &+= sum }
                (current, sum) = (String(decoding: bytes, as: UTF8.self), 0)
            }
            sum &+= digest(ofTag: row)
            return true
        }
        if surfaces[current] != nil { surfaces[current]! &+= sum }
        return surfaces
    }

    private static func digest(_ row: SQLRow) -> UInt64 {
        var hasher = Hasher()
        for column: Int32 in [1, 2, 3, 4, 7] { hasher.combine(bytes: UnsafeRawBufferPointer(row.bytes(column))) }
        hasher.combine(row.integer(5))
        hasher.combine(row.optionalInteger(6))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// Added up over the tags of a run, since they come in any order.
    private static func digest(ofTag row: SQLRow) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(row.bytes(1)))
        hasher.combine(UInt8(0))
        hasher.combine(bytes: UnsafeRawBufferPointer(row.bytes(2)))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

extension DatabaseRecordPage {
    private mutating func readParts(_ db: Database) throws {
        try readPart("tags", "COALESCE(part.value, '')", db) { page, index, row in
            // A tag kept for machinery changes often, and each text is its own.
            let key = page.pool.text(row.bytes(1))
            page.records[index].record.tags.append((key, page.pool.text(row.bytes(2))))
            page.records[index].surface &+= Self.digest(ofTag: row)
        }
        try readPart("params", "part.value", db) { page, index, row in
            page.records[index].record.params.append((page.pool.text(row.bytes(1)), page.pool.text(row.bytes(2))))
        }
        try readPart("latest_metrics", "part.value, part.is_nan, part.step, part.timestamp", db) { page, index, row in
            let point = StoredPoint.decode(row, step: 4, timestamp: 5, value: 2, isNaN: 3)
            page.records[index].record.metrics.append((page.pool.text(row.bytes(1)), point))
        }
    }

    /// Runs one statement over all runs of the page; CROSS JOIN keeps the page's order.
    private mutating func readPart(
        _ table: String, _ columns: String, _ db: Database,
        store: (inout DatabaseRecordPage, Int, SQLRow) -> Void
    ) throws {
        let sql = """
            SELECT page.key, part.key, \(columns)
            FROM json_each(?) AS page CROSS JOIN \(table) AS part ON part.run_uuid = page.value
            """
        let ids = records.map(\.record.id)
        try db.forEachRow(sql, [.text(ids.json)]) { row in
            store(&self, Int(row.integer(0)), row)
            return true
        }
    }
}
