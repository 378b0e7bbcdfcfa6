"""Scripts that log with MLflow's own client to wherever the environment tells them to, as people's trainings do.

    mlflow_script.py once STATUS      logs a metric and a parameter, and exits with STATUS
    mlflow_script.py artifact NAME    logs the artifact NAME before, between and after what it prints: `one` to `three`
    mlflow_script.py other EXPERIMENT sets another experiment and logs a metric
    mlflow_script.py second DIRECTORY ends the run that it was given and starts another, then makes a file `ready` in
                                        DIRECTORY and waits as long as that exists
    mlflow_script.py until DIRECTORY  logs a metric every moment as long as DIRECTORY exists, and makes a file
                                        `ready` there; on SIGTERM it says that its run is FINISHED, and exits with 0
"""

import os
import signal
import sys
import time

import mlflow


if sys.argv[1] == "once":
    mlflow.log_param("optimizer", "adam")
    mlflow.log_metric("loss", 0.25, step=7)
    print("logged by MLflow")
    sys.exit(int(sys.argv[2]))



if sys.argv[1] == "other":
    mlflow.set_experiment(sys.argv[2])
    with mlflow.start_run():
        mlflow.log_metric("loss", 0.5)
    sys.exit(0)

if sys.argv[1] == "second":
    with mlflow.start_run():
        mlflow.log_metric("loss", 0.5)
    with mlflow.start_run(run_name="second"):
        mlflow.log_metric("loss", 0.25)
        open(os.path.join(sys.argv[2], "ready"), "w").close()
        while os.path.isdir(sys.argv[2]):
            time.sleep(0.1)
    sys.exit(0)


def log_is_there(client, run):
    """Whether somebody keeps what this prints among the run's artifacts."""
    for folder in client.list_artifacts(run):
        if folder.is_dir and folder.path.startswith("runwatch"):
            for file in client.list_artifacts(run, folder.path):
                if file.path.endswith("/output.log") and file.path != sys.argv[2]:
                    return True
    return False


if sys.argv[1] == "artifact":
    name = sys.argv[2]
    mlflow.log_text("before\n", name)
    print("one", flush=True)
    run, deadline = mlflow.active_run().info.run_id, time.monotonic() + 120
    while not log_is_there(mlflow.MlflowClient(), run):
        if time.monotonic() > deadline:
            sys.exit("the output is kept nowhere")
        time.sleep(0.2)
    mlflow.log_text("before\nduring\n", name)
    print("two", flush=True)
    mlflow.log_text("before\nduring\nafter\n", name)
    print("three", flush=True)
    sys.exit(0)

is_told_to_end = False


def end(*_):
    # Only noted: this may be in the middle of a transaction of MLflow's client.
    global is_told_to_end
    is_told_to_end = True


directory = sys.argv[2]
mlflow.log_metric("loss", 1.0, step=0)
signal.signal(signal.SIGTERM, end)
with open(f"{directory}/ready", "w"):
    pass
step = 0
while os.path.exists(directory) and not is_told_to_end:
    time.sleep(0.2)
    step += 1
    print(f"step {step}", flush=True)
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
# At the end of the process MLflow's client says the same of the run that it believes to be active.
mlflow.end_run("FINISHED")
print("finished", flush=True)
