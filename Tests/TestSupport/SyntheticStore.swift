import GRDB
import LocalStore

/// Fills an embedded store with made-up runs, fast enough for stores of a million.
///
/// Half of the runs are sweeps of one parent and seven children; each run has two tags, a property, three parameters and
/// three metrics of four points. The last twenty runs are at work, the others are over.
package enum SyntheticStore {
    /// Creates the store when it is absent; it must hold no runs yet. The same seed gives the same runs.
    package static func fill(directory: String, runs: Int, experiments: Int = 20, seed: Int = 1) async throws {
        _ = try await LocalStore.open(at: directory)
        let queue = try DatabaseQueue(path: directory + "/runs.db")
        try await queue.writeWithoutTransaction { db in
            // A store for a test need not survive a power cut; kilobytes of cache.
            try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = OFF")
            try db.inTransaction {
                try insert(into: db, runs: runs, experiments: experiments, seed: seed)
                return .commit
            }
            // Leaves the numbers in the database file itself, as a store at rest has them.
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    private static func insert(into db: Database, runs: Int, experiments: Int, seed: Int) throws {
        // Counting a million runs one by one in a trigger would double the time.
        let trigger = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE name = 'run_inserted'") ?? ""
        try db.execute(sql: "DROP TRIGGER run_inserted")
        let numbers: StatementArguments = ["runs": runs, "experiments": experiments, "seed": seed]
        for sql in [experimentRows, runRows] { try db.execute(sql: sql, arguments: numbers) }
        try db.execute(sql: partRows)
        try db.execute(sql: trigger)
    }

    private static let experimentRows = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :experiments)
        INSERT INTO experiments (id, name, created_at, next_run_number, revision)
        SELECT printf('experiment-%d-of-%d-runs-%d', i, :runs, :seed), printf('explore-runs-of-model-%d', i), 1700000000000,
            :runs + 1, i FROM n
        """

    /// Multiplying by large odd numbers scatters what should look random (Knuth's multiplicative hashing).
    private static let runRows = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :runs),
        h(i, first, hash) AS (
            SELECT i, (i - 1) / 8 * 8 + 1, ((i + :seed) * 2654435761) % 4294967296 FROM n
        )
        INSERT INTO runs (pk, id, experiment_pk, parent_pk, root_pk, number, name, status, created_at, started_at, ended_at,
            user, failure_code, failure_message, revision)
        SELECT i,
            printf('%08x-%04x-4%03x-8%03x-%012x', hash, hash % 65521, hash % 4093, hash % 4091, i),
            (i - 1) / 8 % :experiments + 1,
            CASE WHEN first / 8 % 2 = 0 AND i > first THEN first END,
            CASE WHEN first / 8 % 2 = 0 THEN first ELSE i END,
            i,
            printf('%s-%d', CASE hash / 8 % 4 WHEN 0 THEN 'baseline' WHEN 1 THEN 'finetune' WHEN 2 THEN 'ablation'
                ELSE 'sweep-learning-rate' END, i),
            CASE WHEN i > :runs - 20 THEN CASE i % 4 WHEN 0 THEN 'Queued' ELSE 'Running' END
                ELSE CASE WHEN hash / 64 % 100 < 75 THEN 'Completed' WHEN hash / 64 % 100 < 90 THEN 'Failed'
                    ELSE 'Canceled' END END,
            1750000000000 - (:runs - i) * 60000,
            CASE WHEN i <= :runs - 20 OR i % 4 <> 0 THEN 1750000000000 - (:runs - i) * 60000 + hash % 5000 END,
            CASE WHEN i <= :runs - 20 THEN 1750000000000 - (:runs - i) * 60000 + 5000 + hash / 16 % 7200000 END,
            CASE hash / 32 % 3 WHEN 0 THEN 'ana' WHEN 1 THEN 'bo' ELSE 'service-account@example.org' END,
            CASE WHEN i <= :runs - 20 AND hash / 64 % 100 BETWEEN 75 AND 89 THEN 'UserError' END,
            CASE WHEN i <= :runs - 20 AND hash / 64 % 100 BETWEEN 75 AND 89 THEN 'exit status 1: CUDA out of memory' END,
            :experiments + i
        FROM h
        """

    private static let partRows = """
        UPDATE store SET revision = (SELECT MAX(revision) FROM (SELECT revision FROM runs UNION ALL
            SELECT revision FROM experiments));
        INSERT INTO status_counts SELECT experiment_pk, status, COUNT(*) FROM runs GROUP BY experiment_pk, status;
        INSERT INTO tags SELECT pk, key, CASE key WHEN 'quality' THEN
            CASE pk * 40503 / 7 % 3 WHEN 0 THEN 'fantastic run' WHEN 1 THEN 'poor' END ELSE 'wave-' || (pk % 5) END
            FROM runs CROSS JOIN (SELECT 'campaign' AS key UNION ALL SELECT 'quality') ORDER BY pk, key;
        INSERT INTO properties SELECT pk, 'author', user FROM runs;
        INSERT INTO params SELECT pk, key, CASE key WHEN 'batch_size' THEN 1 << (pk % 8) WHEN 'learning_rate'
            THEN 0.001 * (pk % 97) ELSE 'adamw' END
            FROM runs CROSS JOIN (SELECT 'batch_size' AS key UNION ALL SELECT 'learning_rate' UNION ALL SELECT 'optimizer')
            ORDER BY pk, key;
        INSERT INTO metric_points SELECT pk, ordinal, seq, seq, created_at + seq * 1000,
            1.0 / (seq + 1 + ordinal) + (pk % 1009) * 0.0001
            FROM runs CROSS JOIN (SELECT 0 AS ordinal UNION ALL SELECT 1 UNION ALL SELECT 2)
            CROSS JOIN (SELECT 0 AS seq UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
            WHERE started_at IS NOT NULL ORDER BY pk, ordinal, seq;
        INSERT INTO latest_metrics SELECT run_pk, CASE ordinal WHEN 0 THEN 'accuracy' WHEN 1 THEN 'loss'
            ELSE 'validation_loss' END, ordinal, 4, 0, 3, step, timestamp, value FROM metric_points WHERE seq = 3;
        """
}
