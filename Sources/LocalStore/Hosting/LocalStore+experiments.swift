import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// Reads before it writes, since it is there from the second time on.
    @discardableResult
    package func makeDefaultExperiment() async throws(RunServiceError) -> HostedExperiment {
        let found = try await connections.readSnapshot { db in
            try Self.defaultKey(db).map { try db.hostedExperiment($0) }
        }
        if let found { return found }
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let draft = ExperimentDraft(name: "Default")
            return try db.hostedExperiment(Self.defaultKey(db) ?? db.createExperiment(draft, id: 0, at: now))
        }
    }

    private static func defaultKey(_ db: Database) throws -> Int64? {
        try db.integer("SELECT pk FROM experiments WHERE id = '0' OR name = 'Default' ORDER BY id = '0' DESC LIMIT 1")
    }

    /// One transaction.
    package func createExperiment(_ draft: ExperimentDraft) async throws(RunServiceError) -> HostedExperiment {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            try db.hostedExperiment(db.createExperiment(draft, at: now))
        }
    }

    /// One snapshot.
    package func experiment(_ reference: ExperimentReference) async throws(RunServiceError) -> HostedExperiment {
        try await connections.readSnapshot { db in try db.hostedExperiment(db.key(of: reference)) }
    }

    /// One transaction. Deleting takes the runs along, and restoring brings all of them back, as MLflow has it.
    @discardableResult
    package func edit(
        _ reference: ExperimentReference, _ edit: ExperimentEdit
    ) async throws(RunServiceError) -> HostedExperiment {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let key = try db.key(of: reference)
            if edit.stage == .active { try db.setStage(.active, ofExperiment: key, at: now) }
            if edit.name != nil || !edit.tags.isEmpty { try db.requireActive(experiment: key) }
            if let name = edit.name { try db.rename(experiment: key, to: name, at: now) }
            for tag in edit.tags { try db.apply(tag, toExperiment: key) }
            if edit.stage == .deleted { try db.setStage(.deleted, ofExperiment: key, at: now) }
            return try db.hostedExperiment(key)
        }
    }

    /// One snapshot.
    package func datasets(
        in experiments: [ExperimentID], limit: Int
    ) async throws(RunServiceError) -> [DatasetSummary] {
        try await connections.readSnapshot { db in
            var found: [DatasetSummary] = []
            let sql = """
                SELECT DISTINCT experiments.id, datasets.name, digest, tag.value
                FROM json_each(?) AS wanted CROSS JOIN experiments ON experiments.id = wanted.value
                    JOIN datasets ON datasets.experiment_pk = experiments.pk
                    LEFT JOIN run_datasets AS use ON use.dataset_pk = datasets.pk
                    LEFT JOIN run_dataset_tags AS tag ON tag.run_pk = use.run_pk AND tag.dataset_pk = use.dataset_pk
                        AND tag.key = ?
                WHERE experiments.deleted_at IS NULL
                ORDER BY datasets.name, digest, tag.value LIMIT ?
                """
            let values: [SQLValue] = [
                .text(experiments.map(\.text).json), .text(DatasetInput.contextTag), .integer(Int64(max(0, limit))),
            ]
            try db.forEachRow(sql, values) { row in
                found.append(
                    DatasetSummary(
                        experimentID: ExperimentID(row.text(0)), name: row.text(1), digest: row.text(2),
                        context: row.optionalText(3)))
                return true
            }
            return found
        }
    }
}

extension Database {
    /// What it is already stays, and so do the times of runs that were deleted before.
    fileprivate func setStage(_ stage: LifecycleStage, ofExperiment key: Int64, at now: Timestamp) throws {
        let isDeleted = try integer("SELECT deleted_at IS NOT NULL FROM experiments WHERE pk = ?", [.integer(key)]) == 1
        if isDeleted == (stage == .deleted) { return }
        let moment = SQLValue.integer(now.milliseconds)
        let deletedAt = stage == .deleted ? moment : .null
        try run(
            "UPDATE experiments SET deleted_at = ?, updated_at = ? WHERE pk = ?", [deletedAt, moment, .integer(key)])
        try run(
            "UPDATE runs SET deleted_at = ? WHERE experiment_pk = ? AND (deleted_at IS NULL) = ?",
            [deletedAt, .integer(key), .integer(stage == .deleted ? 1 : 0)])
        // Runs of other experiments below these lose their parents with them, or find them again.
        try run("UPDATE store SET revision = revision + 1")
        try run(
            """
            UPDATE runs SET revision = (SELECT revision FROM store)
            WHERE pk IN (
                SELECT child.pk FROM runs AS parent CROSS JOIN runs AS child ON child.parent_pk = parent.pk
                WHERE parent.experiment_pk = ?1 AND child.experiment_pk <> ?1
                UNION SELECT child.pk FROM runs AS root CROSS JOIN runs AS child ON child.root_pk = root.pk
                WHERE root.experiment_pk = ?1 AND child.experiment_pk <> ?1)
            """, [.integer(key)])
    }

    fileprivate func rename(experiment key: Int64, to name: String, at now: Timestamp) throws {
        try Validation.check(name, "experiment name", limit: Validation.experimentLimit)
        if try first("SELECT name FROM experiments WHERE pk = ?", [.integer(key)], { $0.text(0) }) != name {
            try requireFree(name)
        }
        try run("UPDATE store SET revision = revision + 1")
        try run(
            """
            UPDATE experiments SET name = ?, updated_at = ?, revision = (SELECT revision FROM store) WHERE pk = ?
            """, [.text(name), .integer(now.milliseconds), .integer(key)])
    }

    fileprivate func apply(_ edit: TagEdit, toExperiment key: Int64) throws {
        switch edit {
        case .set(let name, let value): try setExperimentTag(name, value, of: key)
        case .delete(let name):
            try run("DELETE FROM experiment_tags WHERE experiment_pk = ? AND key = ?", [.integer(key), .text(name)])
        }
    }
}
