"""Waits until its run is cancelled, with the file that `runwatch serve --print-python-helper` prints.

usage: served_helper.py URI HELPER [callback]

Prints the run's id at once and, in the end, one JSON object: what happened.
"""

import importlib.util
import json
import sys
import threading
import time
import warnings

import mlflow

warnings.simplefilter("ignore")
spec = importlib.util.spec_from_file_location("runwatch_helper", sys.argv[2])
runwatch_helper = importlib.util.module_from_spec(spec)
spec.loader.exec_module(runwatch_helper)

mlflow.set_tracking_uri(sys.argv[1])
called = threading.Event()
cleaned = False
how = "nothing"
try:
    with mlflow.start_run() as run:
        print(run.info.run_id, flush=True)
        if len(sys.argv) > 3:
            runwatch_helper.stop_on_cancel(lambda run_id: called.set(), interval=0.1)
            if called.wait(60):
                how = "callback"
        else:
            runwatch_helper.stop_on_cancel(interval=0.1)
            try:
                time.sleep(60)
            finally:
                cleaned = True
except KeyboardInterrupt:
    how = "interrupt"
print(json.dumps({"how": how, "cleaned": cleaned}), flush=True)
