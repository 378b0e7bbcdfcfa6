"""Logs to a server with MLflow's own client, as a training script would, and tells what it then finds.

usage: served_client.py URI

Prints one JSON object: what a check found, by the check's name.
"""

import json
import os
import sys
import tempfile
import warnings

import mlflow
import numpy
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException


def fluent():
    """mlflow.start_run, nested runs, and what they log."""
    mlflow.set_experiment("fluent")
    with mlflow.start_run(run_name="parent", description="a sweep", tags={"quality": "fine"}) as parent:
        mlflow.log_param("depth", 3)
        mlflow.log_params({"lr": 0.1, "layers": [1, 2]})
        for step in range(5):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_metrics({"acc": 0.5, "nan": float("nan"), "inf": float("inf")}, step=2)
        mlflow.set_tag("note", "über")
        for number in range(2):
            with mlflow.start_run(run_name=f"child {number}", nested=True):
                mlflow.log_metric("loss", number)
    try:
        with mlflow.start_run(run_name="broken") as broken:
            raise ValueError("on purpose")
    except ValueError:
        pass
    client = mlflow.MlflowClient()
    run = client.get_run(parent.info.run_id)
    history = client.get_metric_history(parent.info.run_id, "loss")
    children = client.search_runs(
        [run.info.experiment_id], f"tags.`mlflow.parentRunId` = '{run.info.run_id}'", order_by=["attributes.run_name"])
    return {
        "id": run.info.run_id,
        "status": run.info.status,
        "ended": run.info.end_time >= run.info.start_time,
        "name": run.info.run_name,
        "description": run.data.tags["mlflow.note.content"],
        "tags": {key: run.data.tags[key] for key in ("quality", "note")},
        "params": run.data.params,
        "metrics": {key: str(value) for key, value in run.data.metrics.items()},
        "history": [[point.step, round(point.value, 3)] for point in history],
        "children": [child.info.run_name for child in children],
        "broken": client.get_run(broken.info.run_id).info.status,
    }


def batches():
    """A thousand points at once, and what is written once only."""
    client = mlflow.MlflowClient()
    experiment = client.create_experiment("batches", tags={"team": "red"})
    run = client.create_run(experiment, run_name="batch").info.run_id
    points = [Metric("m", step / 2, 1700000000000 + step, step) for step in range(1000)]
    client.log_batch(run, metrics=points[:998], params=[Param("p", "1")], tags=[RunTag("t", "u")])
    client.log_batch(run, metrics=points[998:])
    try:
        client.log_param(run, "p", "2")
        refusal = None
    except MlflowException as error:
        refusal = str(error)
    return {
        "points": len(client.get_metric_history(run, "m")),
        "latest": client.get_run(run).data.metrics["m"],
        "refusal": refusal,
        "tags": client.get_experiment(experiment).tags,
    }


def searches():
    """Filters, orders, pages and what was deleted."""
    client = mlflow.MlflowClient()
    experiment = client.create_experiment("searches")
    for number in range(7):
        run = client.create_run(experiment, run_name=f"run {number}", tags={"even": str(number % 2 == 0)})
        client.log_metric(run.info.run_id, "score", number)
        client.set_terminated(run.info.run_id, "FINISHED" if number < 5 else "FAILED")
    names, token = [], None
    while True:
        page = client.search_runs([experiment], order_by=["metrics.score DESC"], max_results=3, page_token=token)
        names.append([run.info.run_name for run in page])
        token = page.token
        if not token:
            break
    good = client.search_runs(
        [experiment], "tags.even = 'True' AND metrics.score > 1 AND attributes.status = 'FINISHED'", order_by=["run_name"])
    gone = good[0].info.run_id
    client.delete_run(gone)
    deleted = client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)
    client.restore_run(gone)
    client.delete_experiment(experiment)
    stage = client.get_experiment(experiment).lifecycle_stage
    client.restore_experiment(experiment)
    client.rename_experiment(experiment, "searched")
    return {
        "pages": names,
        "good": [run.info.run_name for run in good],
        "deleted": [run.info.run_name for run in deleted],
        "stage": stage,
        "left": len(client.search_runs([experiment])),
        "renamed": client.get_experiment_by_name("searched").experiment_id == experiment,
        "found": [found.name for found in client.search_experiments(filter_string="name LIKE 'search%'")],
        "frame": len(mlflow.search_runs(experiment_names=["searched"])),
    }


def artifacts():
    """Files and folders, up and down."""
    mlflow.set_experiment("artifacts")
    with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
        mlflow.log_text("hello", "notes/a b.txt")
        mlflow.log_dict({"a": 1}, "config.json")
        with open(os.path.join(folder, "big.bin"), "wb") as file:
            file.write(bytes(range(256)) * 20000)
        mlflow.log_artifact(os.path.join(folder, "big.bin"), "data")
        os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"
        os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = "1000000"
        os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = "1000000"
        mlflow.log_artifact(os.path.join(folder, "big.bin"), "parts")
        del os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"]
        client = mlflow.MlflowClient()
        sizes = {}
        for part in ("data", "parts"):
            path = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path=f"{part}/big.bin")
            with open(path, "rb") as file:
                sizes[part] = file.read() == bytes(range(256)) * 20000
        listed = {file.path: file.file_size for file in client.list_artifacts(run.info.run_id)}
        return {
            "id": run.info.run_id,
            "listed": listed,
            "notes": [file.path for file in client.list_artifacts(run.info.run_id, "notes")],
            "text": mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a b.txt"),
            "whole": sizes,
        }


def models():
    """scikit-learn with autologging, and a model that comes back."""
    from sklearn.linear_model import LogisticRegression

    mlflow.set_experiment("models")
    mlflow.sklearn.autolog()
    data = numpy.array([[0.0, 1.0], [1.0, 0.0], [0.9, 0.1], [0.1, 0.9]])
    labels = numpy.array([0, 1, 1, 0])
    with mlflow.start_run() as automatic:
        LogisticRegression().fit(data, labels)
    mlflow.sklearn.autolog(disable=True)
    with mlflow.start_run() as manual:
        mlflow.log_input(mlflow.data.from_numpy(data, targets=labels, name="points"), context="training")
        info = mlflow.sklearn.log_model(LogisticRegression().fit(data, labels), name="model", input_example=data)
    client = mlflow.MlflowClient()
    run = client.get_run(automatic.info.run_id)
    loaded = mlflow.sklearn.load_model(info.model_uri)
    manual = client.get_run(manual.info.run_id)
    logged = mlflow.search_logged_models(experiment_ids=[manual.info.experiment_id], output_format="list")
    return {
        "params": "penalty" in run.data.params or "C" in run.data.params,
        "metrics": "training_accuracy_score" in run.data.metrics,
        "predictions": loaded.predict(data).tolist(),
        "dataset": [given.dataset.name for given in manual.inputs.dataset_inputs],
        "outputs": [made.model_id for made in manual.outputs.model_outputs] == [info.model_id],
        "logged": len(logged),
        "status": str(mlflow.get_logged_model(info.model_id).status),
    }


def main():
    mlflow.set_tracking_uri(sys.argv[1])
    checks = [fluent, batches, searches, artifacts, models]
    print(json.dumps({check.__name__: check() for check in checks}))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
