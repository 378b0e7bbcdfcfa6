extension StoreSchema {
    /// Version 1. Times are UTC milliseconds. A metric's value is a REAL, a TEXT, or NULL for NaN, which SQLite cannot hold.
    static let first = """
        CREATE TABLE store (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            identity TEXT NOT NULL,
            revision INTEGER NOT NULL
        );

        CREATE TABLE experiments (
            pk INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            next_run_number INTEGER NOT NULL DEFAULT 1,
            revision INTEGER NOT NULL
        );
        CREATE INDEX experiments_by_revision ON experiments (revision);

        CREATE TABLE status_counts (
            experiment_pk INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
            status TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (experiment_pk, status)
        ) WITHOUT ROWID;

        CREATE TABLE runs (
            pk INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            experiment_pk INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
            parent_pk INTEGER REFERENCES runs ON DELETE CASCADE,
            root_pk INTEGER,
            number INTEGER NOT NULL,
            name TEXT NOT NULL,
            status TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            ended_at INTEGER,
            user TEXT NOT NULL,
            failure_code TEXT,
            failure_message TEXT,
            revision INTEGER NOT NULL
        );
        CREATE INDEX runs_by_revision ON runs (revision);
        CREATE INDEX runs_by_experiment_revision ON runs (experiment_pk, revision);
        CREATE INDEX runs_by_start ON runs (COALESCE(started_at, created_at));
        CREATE INDEX runs_by_experiment_start ON runs (experiment_pk, COALESCE(started_at, created_at));
        CREATE INDEX runs_by_parent ON runs (parent_pk) WHERE parent_pk IS NOT NULL;

        CREATE TABLE sources (
            run_pk INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
            command TEXT NOT NULL,
            directory TEXT NOT NULL,
            host TEXT NOT NULL
        );

        CREATE TABLE tags (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT,
            PRIMARY KEY (run_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE properties (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (run_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE params (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (run_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE latest_metrics (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            key TEXT NOT NULL,
            ordinal INTEGER NOT NULL,
            count INTEGER NOT NULL,
            first_seq INTEGER NOT NULL,
            last_seq INTEGER NOT NULL,
            step INTEGER NOT NULL,
            timestamp INTEGER NOT NULL,
            value,
            PRIMARY KEY (run_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE metric_points (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            step INTEGER NOT NULL,
            timestamp INTEGER NOT NULL,
            value,
            PRIMARY KEY (run_pk, ordinal, seq)
        ) WITHOUT ROWID;

        CREATE TABLE supervisors (
            run_pk INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
            host TEXT NOT NULL,
            pid INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            command_pid INTEGER,
            command_start_ticks INTEGER,
            command_boot_id TEXT,
            heartbeat INTEGER NOT NULL,
            attached INTEGER NOT NULL,
            silenced_status TEXT,
            terminated_at INTEGER,
            exit_status INTEGER,
            exit_signal INTEGER
        );
        CREATE INDEX supervisors_attached ON supervisors (run_pk) WHERE attached = 1;

        CREATE TABLE tombstones (
            revision INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id TEXT NOT NULL
        );

        CREATE TRIGGER run_inserted AFTER INSERT ON runs BEGIN
            UPDATE store SET revision = revision + 1;
            INSERT INTO status_counts VALUES (NEW.experiment_pk, NEW.status, 1)
                ON CONFLICT DO UPDATE SET count = count + 1;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = NEW.experiment_pk;
        END;

        CREATE TRIGGER run_status_changed AFTER UPDATE OF status ON runs WHEN OLD.status <> NEW.status BEGIN
            UPDATE store SET revision = revision + 1;
            UPDATE status_counts SET count = count - 1 WHERE experiment_pk = OLD.experiment_pk AND status = OLD.status;
            INSERT INTO status_counts VALUES (NEW.experiment_pk, NEW.status, 1)
                ON CONFLICT DO UPDATE SET count = count + 1;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = NEW.experiment_pk;
        END;

        CREATE TRIGGER run_deleted AFTER DELETE ON runs BEGIN
            UPDATE store SET revision = revision + 1;
            INSERT INTO tombstones VALUES ((SELECT revision FROM store), 'run', OLD.id);
            UPDATE status_counts SET count = count - 1 WHERE experiment_pk = OLD.experiment_pk AND status = OLD.status;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = OLD.experiment_pk;
        END;

        CREATE TRIGGER experiment_deleted AFTER DELETE ON experiments BEGIN
            UPDATE store SET revision = revision + 1;
            INSERT INTO tombstones VALUES ((SELECT revision FROM store), 'experiment', OLD.id);
        END;
        """
}
