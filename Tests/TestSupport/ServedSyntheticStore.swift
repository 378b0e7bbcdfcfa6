import GRDB
import LocalStore

/// Fills an embedded store with what an `mlflow.db` holds: the same runs with the same ids, tags, parameters and points.
package enum ServedSyntheticStore {
    /// Creates the store; it must not be there yet.
    package static func fill(directory: String, fromDatabase path: String) async throws {
        try await LocalStore.open(at: directory).makeDefaultExperiment()
        let queue = try DatabaseQueue(path: directory + "/runs.db")
        try await queue.writeWithoutTransaction { db in
            // A store for a test need not survive a power cut; kilobytes of cache.
            try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF")
            try db.execute(sql: "ATTACH ? AS mlflow", arguments: [path])
            try db.inTransaction {
                let trigger = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE name = 'run_inserted'")
                try db.execute(sql: "DROP TRIGGER run_inserted")
                try db.execute(sql: rows)
                try db.execute(sql: trigger ?? "")
                return .commit
            }
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    private static let rows = """
        INSERT INTO experiments (pk, id, name, created_at, updated_at, next_run_number, revision)
        SELECT experiment_id, CAST(experiment_id AS TEXT), name, creation_time, last_update_time, 1000000, experiment_id
        FROM mlflow.experiments WHERE experiment_id > 0;

        CREATE TEMP TABLE place AS SELECT ROW_NUMBER() OVER (ORDER BY start_time, run_uuid) AS pk, run_uuid FROM mlflow.runs;
        CREATE UNIQUE INDEX temp.place_by_id ON place (run_uuid);
        INSERT INTO runs (pk, id, experiment_pk, parent_pk, root_pk, number, name, status, created_at, started_at, ended_at,
            user, revision)
        SELECT place.pk, runs.run_uuid, experiment_id, above.pk, COALESCE(above.pk, place.pk), place.pk, name,
            CASE status WHEN 'FINISHED' THEN 'Completed' WHEN 'FAILED' THEN 'Failed' WHEN 'KILLED' THEN 'Canceled'
                ELSE 'Running' END,
            start_time, start_time, end_time, user_id, 1000 + place.pk
        FROM mlflow.runs JOIN place USING (run_uuid)
            LEFT JOIN mlflow.tags AS tag ON tag.run_uuid = runs.run_uuid AND tag.key = 'mlflow.parentRunId'
            LEFT JOIN place AS above ON above.run_uuid = tag.value ORDER BY place.pk;
        UPDATE store SET revision = (SELECT MAX(revision) FROM runs);
        INSERT INTO status_counts SELECT experiment_pk, status, COUNT(*) FROM runs GROUP BY experiment_pk, status;

        INSERT INTO tags SELECT pk, key, value FROM mlflow.tags JOIN place USING (run_uuid)
        WHERE key NOT IN ('mlflow.runName', 'mlflow.parentRunId') ORDER BY pk, key;
        INSERT INTO params SELECT pk, key, value FROM mlflow.params JOIN place USING (run_uuid) ORDER BY pk, key;

        CREATE TEMP TABLE series AS SELECT pk, key, ROW_NUMBER() OVER (PARTITION BY pk ORDER BY key) - 1 AS ordinal
        FROM mlflow.latest_metrics JOIN place USING (run_uuid);
        CREATE UNIQUE INDEX temp.series_by_key ON series (pk, key);
        INSERT INTO metric_points SELECT pk, ordinal, ROW_NUMBER() OVER (PARTITION BY pk, ordinal ORDER BY step) - 1, step,
            timestamp, value
        FROM mlflow.metrics JOIN place USING (run_uuid) JOIN series USING (pk, key) ORDER BY pk, ordinal, step;
        INSERT INTO latest_metrics SELECT pk, key, series.ordinal, counted, 0, counted - 1, step, timestamp, value
        FROM mlflow.latest_metrics JOIN place USING (run_uuid) JOIN series USING (pk, key)
            JOIN (SELECT run_pk, ordinal, COUNT(*) AS counted FROM metric_points GROUP BY run_pk, ordinal)
            AS points ON points.run_pk = pk AND points.ordinal = series.ordinal;
        DROP TABLE temp.series;
        DROP TABLE temp.place;
        """
}
