"""Makes and reads MLflow stores with MLflow's own client, for tests of the adapters that do without it.

    mlflow_stores.py make DIRECTORY        mlflow.db and mlruns with the same runs, empty.db and empty-mlruns
    mlflow_stores.py read URI [URI ...]    what MLflow's client sees in these stores, as JSON
    mlflow_stores.py artifacts NAME URI [URI …] the text artifacts of the runs of that experiment there: by run, by path
    mlflow_stores.py kill NAME URI [URI …] says KILLED of the running runs of the experiments of that name there
    mlflow_stores.py make-revisions DIRECTORY REVISION [REVISION ...]
                                           REVISION.db: databases as MLflow made them at these revisions of its schema
    mlflow_stores.py upgrade-revisions DIRECTORY REVISION [REVISION ...]
                                           brings such databases to the newest schema, as `mlflow db upgrade` does
"""

import json
import os
import sys
import tempfile

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_ENABLE_TELEMETRY"] = "false"
os.environ["DO_NOT_TRACK"] = "true"

from mlflow import MlflowClient  # noqa: E402
from mlflow.entities import Metric, Param, RunTag, ViewType  # noqa: E402


def fill(client):
    """Runs of every kind; a run's name says what is special about it."""
    first = client.create_experiment("first")
    second = client.create_experiment("sécond / 日本")
    runs = {}

    def run(name, experiment=first, parent=None, **tags):
        if parent:
            tags["mlflow.parentRunId"] = runs[parent]
        made = client.create_run(experiment, start_time=1_750_000_000_000 + len(runs), run_name=name, tags=tags)
        runs[name] = made.info.run_id
        return made.info.run_id

    run("root", **{"mlflow.user": "ana", "mlflow.source.name": "train.py"})
    run("child", parent="root")
    run("grandchild", parent="child")
    run("elsewhere", experiment=second, parent="root")

    numbers = run("numbers")
    values = [1.0, float("nan"), float("inf"), float("-inf"), 0.1]
    client.log_batch(numbers, metrics=[Metric("loss", value, 1_000 + i, i) for i, value in enumerate(values)])
    client.log_batch(numbers, metrics=[Metric("tie", value, 5, 5) for value in (2.0, 3.0, 1.0)])
    client.log_batch(numbers, metrics=[Metric("nan", float("nan"), 1, 1), Metric("inf", float("inf"), 1, 1)])
    client.log_batch(numbers, metrics=[Metric("late", 2.0, 9, 2), Metric("late", 1.0, 10, 1)])

    keys = run("keys")
    client.log_batch(
        keys,
        metrics=[Metric("val/acc", 0.5, 1, 0), Metric("val/deep/er", 0.25, 1, 0), Metric("a b-c.d", 1.0, 1, 0)],
        params=[Param("model/layers", "3"), Param("empty", ""), Param("lines", "a\nb\n")],
        tags=[RunTag("team/name", "x y"), RunTag("größe", "ü 👍"), RunTag("empty", "")],
    )

    for name, status in [("finished", "FINISHED"), ("failed", "FAILED"), ("killed", "KILLED")]:
        client.set_terminated(run(name), status, end_time=1_750_000_100_000)
    client.update_run(run("scheduled"), status="SCHEDULED")
    client.delete_run(run("deleted"))
    client.log_text(runs["root"], "step 1\nstep 2\n", "logs/train.log")
    client.log_dict(runs["root"], {"a": 1}, "config.json")
    gone = client.create_experiment("gone")
    run("in a deleted experiment", experiment=gone)
    client.delete_experiment(gone)


def make(directory):
    # Where the SQL store keeps artifacts: in `./mlruns`, here away from the file store of that name.
    artifacts = f"{directory}/of-mlflow.db"
    os.makedirs(artifacts)
    os.chdir(artifacts)
    for uri, filled in [
        (f"sqlite:///{directory}/mlflow.db", True),
        (f"sqlite:///{directory}/empty.db", False),
        (f"file://{directory}/mlruns", True),
        (f"file://{directory}/empty-mlruns", False),
    ]:
        client = MlflowClient(uri)
        if filled:
            fill(client)
        elif uri.startswith("sqlite"):
            # The file store refuses to delete it.
            client.delete_experiment("0")


def told(run, client):
    return {
        "experiment": run.info.experiment_id,
        "name": run.info.run_name,
        "status": run.info.status,
        "start": run.info.start_time,
        "end": run.info.end_time,
        "user": run.info.user_id,
        "artifacts": [file.path for file in client.list_artifacts(run.info.run_id)],
        "tags": run.data.tags,
        "params": run.data.params,
        "metrics": {key: repr(value) for key, value in run.data.metrics.items()},
        "histories": {
            key: [f"{p.step} {p.timestamp} {p.value!r}" for p in client.get_metric_history(run.info.run_id, key)]
            for key in run.data.metrics
        },
    }


def read(uri):
    client = MlflowClient(uri)
    experiments = client.search_experiments(view_type=ViewType.ACTIVE_ONLY)
    runs = client.search_runs([e.experiment_id for e in experiments], max_results=1_000) if experiments else []
    return {
        "experiments": {e.experiment_id: e.name for e in experiments},
        "runs": {run.info.run_id: told(run, client) for run in runs},
    }


def artifacts(experiment, uri):
    client = MlflowClient(uri)
    known = client.get_experiment_by_name(experiment)
    texts = {}

    def collect(run, folder):
        for file in client.list_artifacts(run, folder):
            if file.is_dir:
                collect(run, file.path)
            else:
                with tempfile.TemporaryDirectory() as place, open(client.download_artifacts(run, file.path, place)) as text:
                    texts[run][file.path] = text.read()

    for run in client.search_runs([known.experiment_id]):
        texts[run.info.run_id] = {}
        collect(run.info.run_id, None)
    return texts


def kill(experiment, uri):
    client = MlflowClient(uri)
    known = client.get_experiment_by_name(experiment)
    for run in client.search_runs([known.experiment_id], "attributes.status = 'RUNNING'"):
        client.set_terminated(run.info.run_id, "KILLED")


def make_revision(url, revision):
    engine = sqlalchemy.create_engine(url)
    # What `mlflow db upgrade` begins with, too.
    InitialBase.metadata.create_all(engine)
    config = _get_alembic_config(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)


if sys.argv[1] == "make":
    make(sys.argv[2])
elif sys.argv[1] == "kill":
    for uri in sys.argv[3:]:
        kill(sys.argv[2], uri)
elif sys.argv[1] == "artifacts":
    print(json.dumps([artifacts(sys.argv[2], uri) for uri in sys.argv[3:]]))
elif sys.argv[1] in ("make-revisions", "upgrade-revisions"):
    import alembic.command
    import sqlalchemy
    from mlflow.store.db.utils import _get_alembic_config, _upgrade_db
    from mlflow.store.tracking.dbmodels.initial_models import Base as InitialBase

    for revision in sys.argv[3:]:
        url = f"sqlite:///{sys.argv[2]}/{revision}.db"
        if sys.argv[1] == "make-revisions":
            make_revision(url, revision)
        else:
            _upgrade_db(sqlalchemy.create_engine(url))
else:
    print(json.dumps([read(uri) for uri in sys.argv[2:]]))
