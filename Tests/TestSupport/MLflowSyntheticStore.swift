import Foundation
import GRDB

/// Fills a store that MLflow's own client made with made-up runs, as many as a team makes in a year, in seconds.
///
/// Half of the runs are sweeps of one parent and seven children. Each has ten tags, a sweep's children one more, ten
/// parameters and eleven metrics of ten points. The last three runs, or as many as asked for, are at work, the others are
/// over.
package enum MLflowSyntheticStore {
    /// Makes an `mlflow.db`; nothing must lie at `path` yet. The same numbers make the same runs.
    package static func makeDatabase(
        at path: String, runs: Int = 10_000, experiments: Int = 50, active: Int = 3
    ) async throws {
        // Made under another name, so that an interrupted filling is not taken for a store.
        let unfinished = path + ".unfinished-\(ProcessInfo.processInfo.processIdentifier)"
        let empty = try await MLflowStores.directory() + "/empty.db"
        try FileManager.default.copyItem(atPath: empty, toPath: unfinished)
        let queue = try DatabaseQueue(path: unfinished)
        try await queue.writeWithoutTransaction { db in
            // A store for a test need not survive a power cut; kilobytes of cache.
            try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF")
            try db.inTransaction {
                let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
                try insert(
                    into: db, runs: runs, experiments: experiments, active: active, artifacts: directory + "/mlruns/")
                return .commit
            }
        }
        try queue.close()
        try FileManager.default.moveItem(atPath: unfinished, toPath: path)
    }

    private static func insert(
        into db: Database, runs: Int, experiments: Int, active: Int, artifacts: String
    ) throws {
        // Sorting a million points once is several times faster than finding the place of each.
        let dropped = try Row.fetchAll(
            db, sql: "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'metrics' AND type = 'index' AND sql <> ''")
        for index in dropped { try db.execute(sql: "DROP INDEX \(index["name"] as String)") }
        for sql in [experimentRows, plan, runRows] {
            let arguments: StatementArguments = [
                "runs": runs, "experiments": experiments, "active": active, "artifacts": artifacts,
            ]
            try db.execute(sql: sql, arguments: arguments)
        }
        try db.execute(sql: partRows)
        for index in dropped { try db.execute(sql: index["sql"] as String) }
    }

    private static let experimentRows = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :experiments)
        INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
        SELECT i, 'explore-runs-of-model-' || i, :artifacts || i, 'active', 1700000000000 + i, 1700000000000 + i FROM n
        """

    /// What the runs are to be. Multiplying by large odd numbers scatters what should look random (Knuth's
    /// multiplicative hashing).
    private static let plan = """
        CREATE TEMP TABLE plan AS
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :runs),
        h(i, first, hash, id) AS (
            SELECT i, (i - 1) / 8 * 8 + 1, (i * 2654435761) % 4294967296,
                printf('%08x%04x4%03x8%03x%012x', (i * 2654435761) % 4294967296, i % 65521, i % 4093, i % 4091, i)
            FROM n
        )
        SELECT h.i, h.id, h.hash, (h.i - 1) / 8 % :experiments + 1 AS experiment, parent.id AS parent,
            CASE h.hash / 8 % 4 WHEN 0 THEN 'baseline' WHEN 1 THEN 'finetune' WHEN 2 THEN 'ablation'
                ELSE 'sweep-learning-rate' END || '-' || h.i AS name,
            CASE WHEN h.i > :runs - :active THEN 'RUNNING' WHEN h.hash / 64 % 100 < 75 THEN 'FINISHED'
                WHEN h.hash / 64 % 100 < 90 THEN 'FAILED' ELSE 'KILLED' END AS status,
            1750000000000 - (:runs - h.i) * 60000 AS start,
            CASE h.hash / 32 % 3 WHEN 0 THEN 'ana' WHEN 1 THEN 'bo' ELSE 'service-account@example.org' END AS user
        FROM h LEFT JOIN h AS parent ON parent.i = h.first AND h.first < h.i AND h.first / 8 % 2 = 0
        ORDER BY h.i
        """

    private static let runRows = """
        INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
            end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
        SELECT id, name, 'UNKNOWN', '', '', user, status, start,
            CASE WHEN status <> 'RUNNING' THEN start + 5000 + hash / 16 % 7200000 END, '', 'active',
            :artifacts || experiment || '/' || id || '/artifacts', experiment FROM temp.plan ORDER BY i
        """

    private static let partRows = """
        WITH tag(key) AS (VALUES ('mlflow.runName'), ('mlflow.user'), ('mlflow.source.name'), ('mlflow.source.type'),
            ('mlflow.source.git.commit'), ('campaign'), ('quality'), ('team'), ('dataset'), ('cluster'),
            ('mlflow.parentRunId'))
        INSERT INTO tags (key, value, run_uuid) SELECT key, CASE key WHEN 'mlflow.runName' THEN name
            WHEN 'mlflow.user' THEN user WHEN 'mlflow.source.name' THEN '/home/' || user || '/projects/vision/train.py'
            WHEN 'mlflow.source.type' THEN 'LOCAL'
            WHEN 'mlflow.source.git.commit' THEN printf('%08x%032x', hash / 97 * 2654435761 % 4294967296, hash / 97)
            WHEN 'campaign' THEN 'wave-' || (i % 5) WHEN 'team' THEN 'perception' WHEN 'cluster' THEN 'gpu-' || (i % 12)
            WHEN 'quality' THEN CASE i * 40503 / 7 % 3 WHEN 0 THEN 'fantastic run' WHEN 1 THEN 'poor' ELSE '' END
            WHEN 'dataset' THEN 's3://datasets/images-' || (i % 7) ELSE parent END, id
        FROM temp.plan CROSS JOIN tag WHERE key <> 'mlflow.parentRunId' OR parent IS NOT NULL;

        WITH param(n, key) AS (VALUES (0, 'lr'), (1, 'batch_size'), (2, 'epochs'), (3, 'optimizer'),
            (4, 'weight_decay'), (5, 'dropout'), (6, 'seed'), (7, 'model/layers'), (8, 'model/width'), (9, 'scheduler'))
        INSERT INTO params (key, value, run_uuid) SELECT key, CASE key WHEN 'optimizer' THEN 'adamw'
            WHEN 'scheduler' THEN 'cosine' WHEN 'batch_size' THEN 1 << (i % 8) WHEN 'lr' THEN 0.001 * (i % 97)
            ELSE hash / (n + 1) % 1000 END, id FROM temp.plan CROSS JOIN param;

        CREATE TEMP TABLE metric AS SELECT column1 AS n, column2 AS key FROM (VALUES (0, 'loss'), (1, 'accuracy'),
            (2, 'val/loss'), (3, 'val/accuracy'), (4, 'val/f1'), (5, 'grad_norm'), (6, 'lr'), (7, 'throughput'),
            (8, 'epoch_seconds'), (9, 'system/gpu_0_utilization_percentage'), (10, 'system/memory_megabytes'));
        WITH RECURSIVE step(s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM step WHERE s < 9)
        INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
        SELECT key, 1.0 / (s + 1 + n) + (i % 1009) * 0.0001, start + s * 1000, id, s, 0
            FROM temp.plan CROSS JOIN step CROSS JOIN temp.metric;
        INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan)
        SELECT key, 1.0 / (10 + n) + (i % 1009) * 0.0001, start + 9000, id, 9, 0 FROM temp.plan CROSS JOIN temp.metric;
        DROP TABLE temp.metric;
        DROP TABLE temp.plan;
        """
}
