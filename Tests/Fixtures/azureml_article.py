"""The snippets of "Start, monitor, and cancel training runs in Python" (azureml-core), on a server of ours.

Prints what they found as one JSON object.
"""
import json
import os
import sys

import runwatch_helper

runwatch_helper.use_azureml(sys.argv[1])

from azureml.core import Experiment, Run, Workspace

found = {}
ws = Workspace.from_config()
found["workspace"] = ws.name
exp = Experiment(workspace=ws, name="explore-runs")

# Start a run, log to it, watch it.
notebook_run = exp.start_logging()
notebook_run.log(name="message", value="Hello from run!")
found["started"] = notebook_run.get_status()
details = notebook_run.get_details()
found["details"] = {"status": details["status"], "by": details["submittedBy"], "id": details["runId"] == notebook_run.id}
notebook_run.complete()
found["completed"] = notebook_run.get_status()
found["message"] = notebook_run.get_metrics()

with exp.start_logging() as with_run:
    with_run.log(name="message", value="Hello from run!")
    print("in the block", file=sys.stderr)
    found["inside"] = with_run.get_status()
found["after"] = with_run.get_status()
found["log"] = with_run.get_file_names()

# Cancel and fail.
cancelled = exp.start_logging()
cancelled.cancel()
found["cancelled"] = cancelled.get_status()
failed = exp.start_logging()
failed.fail(error_details="Wrong script.", error_code="BadScript")
found["failed"] = [failed.get_status(), failed.get_details()["error"]["error"]]
corrected = exp.start_logging()
corrected.complete()
corrected.fail("The wrong script.")
found["corrected"] = corrected.get_status()
try:
    with exp.start_logging() as broken:
        raise ValueError("boom")
except ValueError:
    found["broken"] = [broken.get_status(), broken.get_details()["error"]["error"]["message"]]

# Child runs.
with exp.start_logging() as parent_run:
    for count in range(2):
        with parent_run.child_run() as child:
            child.log(name="Hello from child run", value=count)
    children = parent_run.create_children(count=3)
    folds = parent_run.create_children(tag_key="fold", tag_values=["a", "b"])
    grandchild = folds[0].child_run(name="grandchild")
    grandchild.add_properties({"depth": "2"})
    for run in [grandchild] + folds:
        run.complete()
found["children"] = {
    "direct": len(list(parent_run.get_children())),
    "recursive": len(list(parent_run.get_children(recursive=True))),
    "tagged": [run.id == folds[0].id for run in parent_run.get_children(tags={"fold": "a"})],
    "tagged, recursive": [run.id == folds[1].id for run in parent_run.get_children(recursive=True, tags={"fold": "b"})],
    "by property": [run.id == grandchild.id for run in parent_run.get_children(recursive=True, properties={"depth": "2"})],
    "not started": len(list(parent_run.get_children(recursive=True, status="NotStarted"))),
    "parent": folds[1].parent.id == parent_run.id,
}

# Tags and properties.
notebook_run.add_properties({"author": "azureml-user"})
found["properties"] = notebook_run.get_properties()["author"]
try:
    notebook_run.add_properties({"author": "different-user"})
except Exception as error:
    found["immutable"] = [type(error).__name__, error.status_code, error.message]
notebook_run.tag("quality", "great run")
found["tags"] = [notebook_run.get_tags()]
notebook_run.tag("quality", "fantastic run")
found["tags"].append(notebook_run.get_tags())
notebook_run.tag("worth another look")
found["tags"].append(notebook_run.get_tags())
found["queries"] = [
    [run.id == notebook_run.id for run in exp.get_runs(properties={"author": "azureml-user"}, tags={"quality": "fantastic run"})],
    [run.id == notebook_run.id for run in exp.get_runs(properties={"author": "azureml-user"}, tags="worth another look")],
    len(list(exp.get_runs(tags={"quality": "great run"}))),
    sorted(run.get_status() for run in Run.list(exp, status="Failed")),
]
notebook_run.remove_tags(["worth another look"])
found["tags"].append(notebook_run.get_tags())
notebook_run.display_name = "a name"
notebook_run.description = "a note"
again = Run.get(ws, notebook_run.id)
found["again"] = [again.display_name, again.description, again.experiment.name]
found["ids"] = {"notebook": notebook_run.id, "with": with_run.id, "cancelled": cancelled.id, "parent": parent_run.id}
print("\n" + json.dumps(found))
