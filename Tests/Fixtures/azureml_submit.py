"""Submits scripts on the local target, as azureml-core does it. Prints one JSON object."""
import contextlib
import io
import json
import os
import sys
import time

import runwatch_helper

ws = runwatch_helper.use_azureml(sys.argv[1])

from azureml.core import Experiment, ScriptRunConfig

os.makedirs("project", exist_ok=True)
with open("project/hello.py", "w") as file:
    file.write("""
import os, sys
from azureml.core import Run
run = Run.get_context()
print("hello from", run.id, sys.argv[1:], flush=True)
run.log("accuracy", 0.9)
os.makedirs("outputs", exist_ok=True)
with open("outputs/model.txt", "w") as file:
    file.write("a model")
run.upload_file("extra/model.txt", "outputs/model.txt")
run.tag("seen", "inside")
""")
with open("project/bad.py", "w") as file:
    file.write("raise ValueError('boom')\n")
with open("project/slow.py", "w") as file:
    # One process stays in the group, the other one leaves it.
    file.write("""
import os, subprocess, time
kept = subprocess.Popen(["sleep", "600"])
left = subprocess.Popen(["sleep", "600"], start_new_session=True)
print("pids", os.getpid(), kept.pid, left.pid, flush=True)
time.sleep(600)
""")
exp = Experiment(ws, "submitted")


def configured(script, *arguments):
    config = ScriptRunConfig(
        source_directory="project", script=script, arguments=list(arguments), compute_target="local")
    config.run_config.environment.python.user_managed_dependencies = True
    return config


def wait_for(what, patience=60):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(0.1)
    raise TimeoutError("waited in vain")


def pids(run):
    """What the script printed of its processes."""
    names = run.get_details()["logFiles"]
    if "user_logs/std_log.txt" not in names:
        return None
    run.download_file("user_logs/std_log.txt", "std_log.txt")
    with open("std_log.txt") as file:
        words = file.read().split()
    return [int(word) for word in words[1:]] if words[:1] == ["pids"] else None


def is_alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


found = {}
run = exp.submit(configured("hello.py", "--n", 5))
shown = io.StringIO()
with contextlib.redirect_stdout(shown):
    details = run.wait_for_completion(show_output=True)
run.download_file("user_logs/std_log.txt", "hello_log.txt")
with open("hello_log.txt") as file:
    log = file.read()
found["hello"] = {
    "id": run.id, "status": run.get_status(), "metrics": run.get_metrics(), "files": sorted(run.get_file_names()),
    "log": log, "tags": run.get_tags(), "type": type(run).__name__, "target": details["target"],
    "shown": run.id in shown.getvalue(), "script": details["runDefinition"]["script"]}

run = exp.submit(configured("bad.py"))
try:
    run.wait_for_completion()
except Exception as error:
    found["bad"] = {"id": run.id, "status": run.get_status(), "says": str(error)}

run = exp.submit(configured("slow.py"))
started = wait_for(lambda: pids(run))
run.cancel()
found["slow"] = {
    "id": run.id, "status": wait_for(lambda: run.get_status() in ("Canceled", "Failed") and run.get_status()),
    "alive": [pid for pid in started if is_alive(pid)]}

config = configured("hello.py")
config.run_config.environment.python.user_managed_dependencies = False
try:
    exp.submit(config)
except Exception as error:
    found["conda"] = str(error)
print("\n" + json.dumps(found))
