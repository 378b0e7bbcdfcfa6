import GRDB
import MLflowArtifacts
import MLflowMeaning
import RunModel
import RunServices
import SQLiteStatements

/// Writes as MLflow's own SQL store does (`mlflow/store/tracking/sqlalchemy_store.py`).
extension DatabaseSession: RecordTransaction {
    func write(_ edit: MLflowEdit, to record: MLflowRecord) throws {
        let id = SQLValue.text(record.id)
        if edit.status != nil || edit.endTime != nil {
            try db.run(
                "UPDATE runs SET status = COALESCE(?, status), end_time = COALESCE(?, end_time) WHERE run_uuid = ?",
                [SQLValue(edit.status), SQLValue(edit.endTime), id])
        }
        for key in edit.deletedTags {
            try db.run("DELETE FROM tags WHERE key = ? AND run_uuid = ?", [.text(key), id])
        }
        for tag in edit.setTags { try set(tag, of: record.id) }
    }

    private func set(_ tag: (key: String, value: String), of id: String) throws {
        let value = try StoredText.tag(tag.value, of: tag.key)
        try db.run(
            """
            INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)
            ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value
            """, [.text(tag.key), .text(value), .text(id)])
        if tag.key == MLflowTag.runName {
            try db.run("UPDATE runs SET name = ? WHERE run_uuid = ?", [.text(value), .text(id)])
        }
    }

    func experiment(named name: String, at now: Timestamp) throws -> String {
        let existing = try db.first(
            "SELECT experiment_id, lifecycle_stage FROM experiments WHERE name = ?"
                + (schema.hasWorkspaces ? " AND workspace = 'default'" : ""), [.text(name)]
        ) { (id: $0.text(0), stage: $0.text(1)) }
        if let existing {
            if existing.stage == "active" { return existing.id }
            throw RunServiceError(
                .conflict,
                "The experiment `\(Shown.text(name))` was deleted; restore it with MLflow, or use another name.")
        }
        try db.run(
            """
            INSERT INTO experiments (name, lifecycle_stage, creation_time, last_update_time)
            VALUES (?, 'active', ?, ?)
            """, [.text(name), .integer(now.milliseconds), .integer(now.milliseconds)])
        let id = String(db.lastInsertedRowID)
        try db.run(
            "UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?",
            [.text(try artifactLocation(of: id)), .text(id)])
        return id
    }

    /// Beside that of the Default experiment, as MLflow places it; beside the database when that cannot be believed.
    private func artifactLocation(of experiment: String) throws -> String {
        let sql = "SELECT artifact_location FROM experiments WHERE experiment_id = 0"
        var location = ""
        if let first = try db.first(sql, [], { $0.text(0) }), first.hasSuffix("/0") {
            location = String(first.dropLast(2)) + "/" + experiment
        }
        return ArtifactPlace.location(location, of: experiment, besideDatabaseIn: directory)
    }

    func create(_ record: MLflowRecord) throws {
        let told =
            try db.first(
                "SELECT COALESCE(artifact_location, '') FROM experiments WHERE experiment_id = ?",
                [.text(record.experimentID)], { $0.text(0) }) ?? ""
        let location = ArtifactPlace.location(told, of: record.experimentID, besideDatabaseIn: directory)
        try db.run(
            """
            INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
                source_version, lifecycle_stage, artifact_uri, experiment_id)
            VALUES (?, ?, 'UNKNOWN', '', '', ?, ?, ?, '', 'active', ?, ?)
            """,
            [
                .text(record.id), .text(record.name), .text(record.user), .text(record.status),
                .integer(record.startTime), .text("\(location)/\(record.id)/artifacts"), .text(record.experimentID),
            ])
        for tag in record.tags { try set(tag, of: record.id) }
        try add(record.params, to: record)
    }

    func setDeleted(at time: Timestamp?, _ id: String) throws {
        let isThere = try db.first("SELECT 1 FROM runs WHERE run_uuid = ?", [.text(id)]) { _ in true }
        if isThere == nil { throw RunServiceError.noRun(id) }
        let stage = time == nil ? "active" : "deleted"
        try db.run(
            "UPDATE runs SET lifecycle_stage = ? WHERE run_uuid = ? AND lifecycle_stage <> ?",
            [.text(stage), .text(id), .text(stage)])
        if schema.hasDeletionTimes && db.changesCount > 0 {
            try db.run(
                "UPDATE runs SET deleted_time = ? WHERE run_uuid = ?", [SQLValue(time?.milliseconds), .text(id)])
        }
    }

    func add(_ params: [(key: String, value: String)], to record: MLflowRecord) throws {
        for param in params {
            try db.run(
                "INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)",
                [.text(param.key), .text(try StoredText.param(param.value, of: param.key)), .text(record.id)])
        }
    }

    func append(_ points: [(key: String, point: MetricPoint)], to record: MLflowRecord) throws {
        for (key, point) in points {
            let (value, isNaN) = StoredPoint.encode(point.value)
            let values: [SQLValue] = [
                .text(key), .real(value), .integer(point.timestamp.milliseconds), .text(record.id),
                .integer(point.step), .integer(isNaN ? 1 : 0),
            ]
            // The very same point again is the same point, as MLflow has it.
            try db.run(
                """
                INSERT OR IGNORE INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)
                """, values)
            try db.run(
                """
                INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (key, run_uuid) DO UPDATE SET
                    value = excluded.value, timestamp = excluded.timestamp, step = excluded.step,
                    is_nan = excluded.is_nan
                WHERE (excluded.step, excluded.timestamp, excluded.value)
                    > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)
                """, values)
        }
    }
}
