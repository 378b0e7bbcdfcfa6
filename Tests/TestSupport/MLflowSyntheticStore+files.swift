import Foundation
import GRDB

extension MLflowSyntheticStore {
    /// Makes an `mlruns` directory with the runs that `makeDatabase` makes; a second for each thousand.
    package static func makeFiles(at path: String, runs: Int = 1_000, experiments: Int = 10) async throws {
        let scratch = try TemporaryDirectory()
        try await makeDatabase(at: scratch.path + "/mlflow.db", runs: runs, experiments: experiments)
        let files = FileManager.default
        let unfinished = path + ".unfinished-\(ProcessInfo.processInfo.processIdentifier)"
        try files.copyItem(atPath: try await MLflowStores.directory() + "/empty-mlruns", toPath: unfinished)
        try await DatabaseQueue(path: scratch.path + "/mlflow.db").read { db in
            let files = FileManager.default
            for row in try Row.fetchAll(db, sql: experimentMeta, arguments: [path]) {
                try write(row["text"], to: "\(unfinished)/\(row["id"] as Int)/meta.yaml")
            }
            let places = try Row.fetchAll(db, sql: runMeta, arguments: [path])
            for row in places {
                let run = "\(unfinished)/\(row["experiment"] as Int)/\(row["id"] as String)"
                for folder in ["artifacts", "metrics", "params", "tags"] {
                    try files.createDirectory(atPath: "\(run)/\(folder)", withIntermediateDirectories: true)
                }
                try write(row["text"], to: run + "/meta.yaml")
                for file in try Row.fetchAll(db, sql: runFiles, arguments: [row["id"] as String]) {
                    try write(file["text"], to: "\(run)/\(file["path"] as String)")
                }
            }
        }
        try files.moveItem(atPath: unfinished, toPath: path)
    }

    private static func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private static let experimentMeta = """
        SELECT experiment_id AS id, 'artifact_location: file://' || ? || '/' || experiment_id || '
        creation_time: ' || creation_time || '
        experiment_id: ''' || experiment_id || '''
        last_update_time: ' || last_update_time || '
        lifecycle_stage: active
        name: ' || name || '
        ' AS text FROM experiments WHERE lifecycle_stage = 'active'
        """

    /// The file counts statuses from RUNNING = 1 on.
    private static let runMeta = """
        SELECT run_uuid AS id, experiment_id AS experiment,
            'artifact_uri: file://' || ? || '/' || experiment_id || '/' || run_uuid || '/artifacts
        end_time: ' || COALESCE(end_time, 'null') || '
        entry_point_name: ''''
        experiment_id: ''' || experiment_id || '''
        lifecycle_stage: active
        run_id: ''' || run_uuid || '''
        run_name: ' || name || '
        source_name: ''''
        source_type: 4
        source_version: ''''
        start_time: ' || start_time || '
        status: ' || CASE status WHEN 'RUNNING' THEN 1 WHEN 'FINISHED' THEN 3 WHEN 'FAILED' THEN 4 ELSE 5 END || '
        tags: []
        user_id: ' || user_id || '
        ' AS text FROM runs
        """

    private static let runFiles = """
        SELECT 'tags/' || key AS path, value AS text FROM tags WHERE run_uuid = ?1
        UNION ALL SELECT 'params/' || key, value FROM params WHERE run_uuid = ?1
        UNION ALL SELECT 'metrics/' || key, group_concat(line, '') FROM (
            SELECT key, timestamp || ' ' || value || ' ' || step || '
        ' AS line FROM metrics WHERE run_uuid = ?1 ORDER BY step) GROUP BY key
        """
}
