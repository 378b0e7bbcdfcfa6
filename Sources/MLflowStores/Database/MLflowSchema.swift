import GRDB
import SQLiteStatements

/// What differs among MLflow's databases since 2022-08; all that is read is selected by name.
struct MLflowSchema: Sendable, Equatable {
    /// Experiments belong to a workspace (since 2026-01).
    var hasWorkspaces = false
    /// Runs say when they were deleted.
    var hasDeletionTimes = false

    /// Columns read and written, by table; later ones are never needed.
    private static let needed = [
        ("experiments", ["experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time"]),
        (
            "runs",
            [
                "run_uuid", "name", "source_type", "user_id", "status", "start_time", "end_time", "lifecycle_stage",
                "artifact_uri", "experiment_id",
            ]
        ),
        ("tags", ["key", "value", "run_uuid"]), ("params", ["key", "value", "run_uuid"]),
        ("metrics", ["key", "value", "timestamp", "run_uuid", "step", "is_nan"]),
        ("latest_metrics", ["key", "value", "timestamp", "run_uuid", "step", "is_nan"]),
    ]

    /// Throws an error that names the first table or column that MLflow would have.
    static func read(_ db: Database, of place: DatabasePlace) throws -> MLflowSchema {
        var schema = MLflowSchema()
        for (table, columns) in needed {
            var found: Set<String> = []
            try db.forEachRow("SELECT name FROM pragma_table_info(?)", [.text(table)]) {
                found.insert($0.text(0))
                return true
            }
            if found.isEmpty { throw place.foreign(lacking: "table `\(table)`") }
            for column in columns where !found.contains(column) {
                throw place.foreign(lacking: "column `\(table).\(column)`")
            }
            if table == "runs" { schema.hasDeletionTimes = found.contains("deleted_time") }
            if table == "experiments" { schema.hasWorkspaces = found.contains("workspace") }
        }
        return schema
    }
}
