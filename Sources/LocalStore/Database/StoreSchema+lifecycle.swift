extension StoreSchema {
    /// The triggers of version 3, which keep counts, tombstones and revisions right as runs and experiments are deleted and
    /// restored. Those of version 1 that knew of no deletion are replaced.
    static let lifecycle = """
        DROP TRIGGER run_status_changed;
        DROP TRIGGER run_deleted;

        CREATE TRIGGER run_status_changed AFTER UPDATE OF status ON runs
        WHEN OLD.status <> NEW.status AND OLD.deleted_at IS NULL AND NEW.deleted_at IS NULL BEGIN
            UPDATE store SET revision = revision + 1;
            UPDATE status_counts SET count = count - 1 WHERE experiment_pk = OLD.experiment_pk AND status = OLD.status;
            INSERT INTO status_counts VALUES (NEW.experiment_pk, NEW.status, 1)
                ON CONFLICT DO UPDATE SET count = count + 1;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = NEW.experiment_pk;
        END;

        CREATE TRIGGER run_deleted AFTER DELETE ON runs BEGIN
            UPDATE store SET revision = revision + 1;
            INSERT INTO tombstones VALUES ((SELECT revision FROM store), 'run', OLD.id);
            UPDATE status_counts SET count = count - 1
                WHERE OLD.deleted_at IS NULL AND experiment_pk = OLD.experiment_pk AND status = OLD.status;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = OLD.experiment_pk;
        END;

        CREATE TRIGGER run_hidden AFTER UPDATE OF deleted_at ON runs
        WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
            UPDATE store SET revision = revision + 1;
            INSERT INTO tombstones VALUES ((SELECT revision FROM store), 'run', OLD.id);
            UPDATE status_counts SET count = count - 1 WHERE experiment_pk = OLD.experiment_pk AND status = OLD.status;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = OLD.experiment_pk;
        END;

        CREATE TRIGGER run_restored AFTER UPDATE OF deleted_at ON runs
        WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL BEGIN
            UPDATE store SET revision = revision + 1;
            DELETE FROM tombstones WHERE kind = 'run' AND id = NEW.id;
            INSERT INTO status_counts VALUES (NEW.experiment_pk, NEW.status, 1)
                ON CONFLICT DO UPDATE SET count = count + 1;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = NEW.experiment_pk;
            UPDATE runs SET revision = (SELECT revision FROM store) WHERE pk = NEW.pk;
        END;

        CREATE TRIGGER experiment_hidden AFTER UPDATE OF deleted_at ON experiments
        WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
            UPDATE store SET revision = revision + 1;
            INSERT INTO tombstones VALUES ((SELECT revision FROM store), 'experiment', OLD.id);
        END;

        CREATE TRIGGER experiment_restored AFTER UPDATE OF deleted_at ON experiments
        WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL BEGIN
            UPDATE store SET revision = revision + 1;
            DELETE FROM tombstones WHERE kind = 'experiment' AND id = NEW.id;
            UPDATE experiments SET revision = (SELECT revision FROM store) WHERE pk = NEW.pk;
        END;

        """
}
