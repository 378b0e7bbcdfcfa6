"""Reads with azureml-core what another client wrote; prints one JSON object."""
import json
import sys

import runwatch_helper

ws = runwatch_helper.use_azureml(sys.argv[1])

from azureml.core import Run

run = Run.get(ws, sys.argv[2])
found = {
    "status": run.get_status(), "name": run.display_name, "experiment": run.experiment.name, "tags": run.get_tags(),
    "properties": run.get_properties(), "description": run.description, "metrics": run.get_metrics(),
    "children": sorted(child.display_name for child in run.get_children(recursive=True)),
    "files": run.get_file_names(), "error": run.get_details().get("error"),
}
print("\n" + json.dumps(found))
