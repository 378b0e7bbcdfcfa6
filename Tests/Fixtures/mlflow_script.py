"""Scripts that log with MLflow's own client to wherever the environment tells them to, as people's trainings do.

    mlflow_script.py once STATUS      logs a metric and a parameter, and exits with STATUS
    mlflow_script.py until DIRECTORY  logs a metric every moment as long as DIRECTORY exists, and makes a file
                                        `ready` there; on SIGTERM it says that its run is FINISHED, and exits with 0
"""

import os
import signal
import sys
import time

import mlflow


def finish(*_):
    # At the end of the process MLflow's client would do the same for the run that it believes to be active.
    mlflow.MlflowClient().set_terminated(mlflow.active_run().info.run_id, "FINISHED")
    print("finished", flush=True)
    sys.exit(0)


if sys.argv[1] == "once":
    mlflow.log_param("optimizer", "adam")
    mlflow.log_metric("loss", 0.25, step=7)
    print("logged by MLflow")
    sys.exit(int(sys.argv[2]))

directory = sys.argv[2]
mlflow.log_metric("loss", 1.0, step=0)
signal.signal(signal.SIGTERM, finish)
with open(f"{directory}/ready", "w"):
    pass
step = 0
while os.path.exists(directory):
    time.sleep(0.2)
    step += 1
    print(f"step {step}", flush=True)
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
