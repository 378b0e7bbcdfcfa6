"""Submits a script that does not end by itself; prints one JSON object once somebody else has cancelled it."""
import json
import os
import sys
import time

import runwatch_helper

ws = runwatch_helper.use_azureml(sys.argv[1])

from azureml.core import Experiment, ScriptRunConfig

os.makedirs("project", exist_ok=True)
with open("project/slow.py", "w") as file:
    file.write("import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)\n")
config = ScriptRunConfig(source_directory="project", script="slow.py", compute_target="local")
config.run_config.environment.python.user_managed_dependencies = True
run = Experiment(ws, "cancelled").submit(config)
try:
    run.wait_for_completion()
except Exception:
    pass
# The SDK stops waiting once the run is asked to end.
deadline = time.monotonic() + 60
while run.get_status() != "Canceled" and time.monotonic() < deadline:
    time.sleep(0.1)
try:
    with open(os.path.join(os.environ["TMPDIR"], "azureml_runs", run.id, "pid")) as file:
        pid = int(file.read())
    with open("/proc/%d/stat" % pid) as file:
        alive = [pid] if file.read().rpartition(")")[2].split()[0] != "Z" else []
except OSError:
    alive = []
print("\n" + json.dumps({"id": run.id, "status": run.get_status(), "alive": alive}))
