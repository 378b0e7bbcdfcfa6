import GRDB
import RunModel
import RunServices
import SQLiteStatements

/// Runs with all that their host keeps of them: one statement for each kind of part, whatever their number.
struct HostedPage {
    private var runs: [HostedRun]
    private let keys: [Int64]
    private let positions: [Int64: Int]
    private let db: Database

    /// The runs with these keys, in this order.
    static func read(_ keys: [Int64], silent: Set<Int64>, from db: Database) throws -> [HostedRun] {
        var runs: [HostedRun] = []
        // A page of the reader at a time, since a statement's rows are looked up in it.
        for start in stride(from: 0, to: keys.count, by: ListedRows.pageSize) {
            let part = Array(keys[start..<min(keys.count, start + ListedRows.pageSize)])
            runs += try readPart(part, silent: silent, from: db)
        }
        return runs
    }

    private static func readPart(_ keys: [Int64], silent: Set<Int64>, from db: Database) throws -> [HostedRun] {
        let page = try RunPage.read(.keys(keys), from: db)
        var shown = page.runs
        let silentIDs = zip(page.keys, page.runs).filter { silent.contains($0.0) }.map(\.1.id)
        if !silentIDs.isEmpty { SilentRuns.overlay(Set(silentIDs), on: &shown) }
        var hosted = HostedPage(
            runs: shown.map { HostedRun(run: $0) }, keys: page.keys,
            positions: Dictionary(zip(page.keys, 0...)) { first, _ in first }, db: db)
        try hosted.readHosting()
        try hosted.readDocuments()
        try hosted.readDatasets()
        try hosted.readModels()
        return hosted.runs
    }

    private func forEach(_ sql: String, _ body: (Int, SQLRow) throws -> Void) throws {
        try db.forEachRow(sql, [keys.json]) { row in
            if let position = positions[row.integer(0)] { try body(position, row) }
            return true
        }
    }

    private mutating func readHosting() throws {
        let sql = """
            SELECT pk, deleted_at, artifact_uri FROM json_each(?) AS page CROSS JOIN runs ON pk = page.value
            WHERE deleted_at IS NOT NULL OR artifact_uri IS NOT NULL
            """
        var runs = runs
        try forEach(sql) { position, row in
            runs[position].deletedAt = row.optionalInteger(1).map(Timestamp.init(milliseconds:))
            if runs[position].deletedAt != nil { runs[position].stage = .deleted }
            runs[position].artifactURI = row.optionalText(2)
        }
        self.runs = runs
    }

    private mutating func readDocuments() throws {
        let documents = """
            SELECT run_pk, run_type, orchestrator, traits, target, script_name, hidden, heartbeats, creator_name,
                creator_object, creator_tenant, error
            FROM json_each(?) AS page CROSS JOIN run_documents ON run_pk = page.value
            """
        var runs = runs
        var traits: [(Int, String)] = []
        try forEach(documents) { position, row in
            let creator = RunCreator(
                name: row.optionalText(8), objectID: row.optionalText(9), tenantID: row.optionalText(10))
            runs[position].document = RunDocument(
                runType: row.optionalText(1), orchestrator: row.optionalText(2), target: row.optionalText(4),
                scriptName: row.optionalText(5), isHidden: row.optionalInteger(6).map { $0 != 0 },
                sendsHeartbeats: row.optionalInteger(7).map { $0 != 0 },
                creator: creator == RunCreator() ? nil : creator, error: row.optionalText(11))
            if let text = row.optionalText(3) { traits.append((position, text)) }
        }
        for (position, text) in traits { runs[position].document.traits = try db.texts(inJSON: text) }
        try forEach(
            """
            SELECT run_pk, member.key, member.value
            FROM json_each(?) AS page CROSS JOIN run_document_members AS member ON run_pk = page.value
            """
        ) { position, row in runs[position].document.others[row.text(1)] = row.text(2) }
        try forEach(
            """
            SELECT run_pk, source, message
            FROM json_each(?) AS page CROSS JOIN run_warnings ON run_pk = page.value ORDER BY run_pk, seq
            """
        ) { position, row in
            runs[position].document.warnings.append(RunWarning(source: row.text(1), message: row.text(2)))
        }
        self.runs = runs
    }

    private mutating func readDatasets() throws {
        var runs = runs
        var places: [Int64: [Int64: Int]] = [:]
        try forEach(
            """
            SELECT run_pk, dataset_pk, name, digest, source_type, source, schema, profile
            FROM json_each(?) AS page CROSS JOIN run_datasets ON run_pk = page.value
                JOIN datasets ON datasets.pk = dataset_pk ORDER BY run_pk, dataset_pk
            """
        ) { position, row in
            let dataset = Dataset(
                name: row.text(2), digest: row.text(3), sourceType: row.text(4), source: row.text(5),
                schema: row.optionalText(6), profile: row.optionalText(7))
            places[row.integer(0), default: [:]][row.integer(1)] = runs[position].datasets.count
            runs[position].datasets.append(DatasetInput(dataset: dataset))
        }
        if !places.isEmpty {
            try forEach(
                """
                SELECT run_pk, dataset_pk, tag.key, tag.value
                FROM json_each(?) AS page CROSS JOIN run_dataset_tags AS tag ON run_pk = page.value
                """
            ) { position, row in
                guard let place = places[row.integer(0)]?[row.integer(1)] else { return }
                runs[position].datasets[place].tags.set(row.optionalText(3), forKey: row.text(2))
            }
        }
        self.runs = runs
    }

    private mutating func readModels() throws {
        var runs = runs
        try forEach(
            """
            SELECT run_pk, is_output, model_id, step
            FROM json_each(?) AS page CROSS JOIN model_uses ON run_pk = page.value
            """
        ) { position, row in
            let use = ModelUse(modelID: row.text(2), step: row.integer(3))
            if row.integer(1) == 1 {
                runs[position].modelOutputs.append(use)
            } else {
                runs[position].modelInputs.append(use)
            }
        }
        self.runs = runs
    }
}
