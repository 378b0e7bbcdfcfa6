"""Uses a server that wants a token, which is in the environment; prints one JSON object."""
import json
import os
import sys

import runwatch_helper

ws = runwatch_helper.use_azureml(sys.argv[1])

from azureml.core import Experiment, ScriptRunConfig

experiment = Experiment(ws, "guarded")
with experiment.start_logging() as run:
    run.log("loss", 0.5)
    run.upload_file("kept.txt", __file__)
os.makedirs("project", exist_ok=True)
with open("project/hello.py", "w") as file:
    file.write("from azureml.core import Run\nRun.get_context().log('inside', 1)\n")
config = ScriptRunConfig(source_directory="project", script="hello.py", compute_target="local")
config.run_config.environment.python.user_managed_dependencies = True
submitted = experiment.submit(config)
submitted.wait_for_completion()
found = {"status": run.get_status(), "files": run.get_file_names(), "submitted": submitted.get_status(),
         "inside": submitted.get_metrics()}
try:
    runwatch_helper.use_azureml(sys.argv[1], token="another-secret")
    found["refused"] = ""
except Exception as error:
    found["refused"] = str(error)
print("\n" + json.dumps(found))
