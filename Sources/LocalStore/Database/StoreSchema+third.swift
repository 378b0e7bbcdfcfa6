extension StoreSchema {
    /// Version 3: what servers ask of a store. Deleted runs and experiments stay, with the time of their deletion, and
    /// count in no `status_counts`.
    static let third =
        """
        ALTER TABLE experiments ADD COLUMN updated_at INTEGER;
        ALTER TABLE experiments ADD COLUMN deleted_at INTEGER;
        ALTER TABLE experiments ADD COLUMN artifact_location TEXT;
        ALTER TABLE runs ADD COLUMN deleted_at INTEGER;
        ALTER TABLE runs ADD COLUMN artifact_uri TEXT;
        CREATE INDEX runs_by_root ON runs (root_pk);
        CREATE INDEX metric_points_by_time ON metric_points (run_pk, ordinal, timestamp, step);
        CREATE INDEX tombstones_by_id ON tombstones (kind, id);

        CREATE TABLE experiment_tags (
            experiment_pk INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT,
            PRIMARY KEY (experiment_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE servers (
            host TEXT NOT NULL,
            pid INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            address TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            PRIMARY KEY (host, pid)
        ) WITHOUT ROWID;

        """ + documents + inputs + metricTables + models + lifecycle

    private static let documents = """
        CREATE TABLE run_documents (
            run_pk INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
            run_type TEXT,
            orchestrator TEXT,
            traits TEXT,
            target TEXT,
            script_name TEXT,
            hidden INTEGER,
            heartbeats INTEGER,
            creator_name TEXT,
            creator_object TEXT,
            creator_tenant TEXT,
            error TEXT
        );

        CREATE TABLE run_document_members (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (run_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE run_warnings (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            source TEXT NOT NULL,
            message TEXT NOT NULL,
            PRIMARY KEY (run_pk, seq)
        ) WITHOUT ROWID;

        """

    private static let inputs = """
        CREATE TABLE datasets (
            pk INTEGER PRIMARY KEY,
            experiment_pk INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
            name TEXT NOT NULL,
            digest TEXT NOT NULL,
            source_type TEXT NOT NULL,
            source TEXT NOT NULL,
            schema TEXT,
            profile TEXT,
            UNIQUE (experiment_pk, name, digest)
        );

        CREATE TABLE run_datasets (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            dataset_pk INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
            PRIMARY KEY (run_pk, dataset_pk)
        ) WITHOUT ROWID;
        CREATE INDEX run_datasets_by_dataset ON run_datasets (dataset_pk);

        CREATE TABLE run_dataset_tags (
            run_pk INTEGER NOT NULL,
            dataset_pk INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT,
            PRIMARY KEY (run_pk, dataset_pk, key),
            FOREIGN KEY (run_pk, dataset_pk) REFERENCES run_datasets ON DELETE CASCADE
        ) WITHOUT ROWID;

        CREATE TABLE model_uses (
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            is_output INTEGER NOT NULL,
            model_id TEXT NOT NULL,
            step INTEGER NOT NULL,
            PRIMARY KEY (run_pk, is_output, model_id)
        ) WITHOUT ROWID;

        """

    private static let metricTables = """
        CREATE TABLE metric_tables (
            pk INTEGER PRIMARY KEY,
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            name TEXT NOT NULL,
            columns TEXT NOT NULL,
            properties TEXT,
            count INTEGER NOT NULL,
            UNIQUE (run_pk, name)
        );

        CREATE TABLE metric_rows (
            table_pk INTEGER NOT NULL REFERENCES metric_tables ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            step INTEGER,
            data TEXT NOT NULL,
            PRIMARY KEY (table_pk, seq),
            UNIQUE (table_pk, id)
        ) WITHOUT ROWID;

        """

    private static let models = """
        CREATE TABLE logged_models (
            pk INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            experiment_pk INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
            name TEXT NOT NULL,
            source_run TEXT,
            status TEXT NOT NULL,
            status_message TEXT,
            model_type TEXT NOT NULL,
            artifact_uri TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            deleted_at INTEGER
        );
        CREATE INDEX logged_models_by_experiment ON logged_models (experiment_pk, created_at);

        CREATE TABLE model_tags (
            model_pk INTEGER NOT NULL REFERENCES logged_models ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT,
            PRIMARY KEY (model_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE model_params (
            model_pk INTEGER NOT NULL REFERENCES logged_models ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (model_pk, key)
        ) WITHOUT ROWID;

        CREATE TABLE model_metrics (
            model_pk INTEGER NOT NULL REFERENCES logged_models ON DELETE CASCADE,
            key TEXT NOT NULL,
            dataset_name TEXT NOT NULL,
            dataset_digest TEXT NOT NULL,
            run_pk INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            step INTEGER NOT NULL,
            timestamp INTEGER NOT NULL,
            value,
            PRIMARY KEY (model_pk, key, dataset_name, dataset_digest, run_pk)
        ) WITHOUT ROWID;
        CREATE INDEX model_metrics_by_run ON model_metrics (run_pk);

        """
}
