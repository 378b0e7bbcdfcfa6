import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// The experiments with these keys, in this order.
    func hostedExperiments(_ keys: [Int64]) throws -> [HostedExperiment] {
        var found: [HostedExperiment] = []
        var places: [Int64: Int] = [:]
        let experiments = """
            SELECT pk, experiments.id, name, created_at, COALESCE(updated_at, created_at), deleted_at IS NOT NULL, artifact_location
            FROM json_each(?) AS page CROSS JOIN experiments ON pk = page.value
            """
        try forEachRow(experiments, [keys.json]) { row in
            places[row.integer(0)] = found.count
            found.append(
                HostedExperiment(
                    id: ExperimentID(row.text(1)), name: row.text(2), stage: row.integer(5) == 1 ? .deleted : .active,
                    createdAt: Timestamp(milliseconds: row.integer(3)),
                    updatedAt: Timestamp(milliseconds: row.integer(4)), artifactLocation: row.optionalText(6)))
            return true
        }
        let tags = """
            SELECT experiment_pk, tag.key, tag.value
            FROM json_each(?) AS page CROSS JOIN experiment_tags AS tag ON experiment_pk = page.value
            """
        try forEachRow(tags, [keys.json]) { row in
            guard let place = places[row.integer(0)] else { return true }
            found[place].tags.set(row.optionalText(2), forKey: row.text(1))
            return true
        }
        return found
    }

    /// Throws `notFound`.
    func hostedExperiment(_ key: Int64) throws -> HostedExperiment {
        if let found = try hostedExperiments([key]).first { return found }
        throw RunServiceError(.notFound, "The experiment is not in this store any more.")
    }

    /// Throws `notFound`; a deleted one is found.
    func key(of reference: ExperimentReference) throws -> Int64 {
        let (column, text) =
            switch reference {
            case .id(let id): ("id", id.text)
            case .name(let name): ("name", name)
            }
        if let key = try integer("SELECT pk FROM experiments WHERE \(column) = ?", [.text(text)]) { return key }
        throw RunServiceError(.notFound, "There is no experiment \(Shown.text(text)); check its name or id.")
    }

    /// Throws `deleted` unless the experiment is active.
    func requireActive(experiment key: Int64) throws {
        let sql = "SELECT name FROM experiments WHERE pk = ? AND deleted_at IS NOT NULL"
        guard let name = try first(sql, [.integer(key)], { $0.text(0) }) else { return }
        throw RunServiceError(
            .deleted, "The experiment \(Shown.text(name)) was deleted; restore it, or use another name.")
    }

    /// Throws `conflict` for a name that is taken, and `invalid` for what cannot be one.
    func createExperiment(_ draft: ExperimentDraft, id: Int64? = nil, at now: Timestamp) throws -> Int64 {
        try Validation.check(draft.name, "experiment name", limit: Validation.experimentLimit)
        try requireFree(draft.name)
        // Experiments count up even past those that are gone for good, so that no id ever means another one.
        let last = try integer("SELECT seq FROM sqlite_sequence WHERE name = 'experiments'") ?? 0
        let key = id ?? min(max(last, 0), .max - 1) + 1
        try run("UPDATE store SET revision = revision + 1")
        try run(
            """
            INSERT INTO experiments (pk, id, name, created_at, artifact_location, revision)
            SELECT ?, ?, ?, ?, ?, revision FROM store
            """,
            [
                .integer(key), .text(String(key)), .text(draft.name), .integer(now.milliseconds),
                SQLValue(draft.artifactLocation),
            ])
        for tag in draft.tags.entries { try setExperimentTag(tag.key, tag.value, of: key) }
        return key
    }

    func requireFree(_ name: String) throws {
        let sql = "SELECT deleted_at IS NOT NULL FROM experiments WHERE name = ?"
        guard let isDeleted = try integer(sql, [.text(name)]) else { return }
        throw RunServiceError(
            .conflict,
            isDeleted == 1
                ? "There is a deleted experiment \(Shown.text(name)); restore it, or choose another name."
                : "There is an experiment \(Shown.text(name)) already; choose another name.")
    }

    func setExperimentTag(_ name: String, _ value: String?, of key: Int64) throws {
        try Validation.check(name, "tag key")
        try run(
            "INSERT OR REPLACE INTO experiment_tags VALUES (?, ?, ?)", [.integer(key), .text(name), SQLValue(value)])
    }
}
