"""Every kind of metric and file that azureml-core logs, read back by it. Prints one JSON object."""
import base64
import json
import os
import sys

import runwatch_helper

ws = runwatch_helper.use_azureml(sys.argv[1])

from azureml.core import Experiment, Run

run = Experiment(ws, "metrics").start_logging(snapshot_directory=None)
run.log("loss", 1.0)
run.log("loss", 0.5)
run.log("once", 5)
run.log("flag", True)
run.log("text", "Hello")
run.log("nan", float("nan"))
run.log("inf", float("-inf"))
run.log("stepped", 1.5, step=10)
run.log_list("fib", [0, 1, 1, 2])
run.log_row("row", x=1, y=2.5)
run.log_row("row", x=2, y=3.5)
run.log_table("table", {"a": [1, 2], "b": ["x", "y"]})
with open("dot.png", "wb") as file:
    file.write(base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))
run.log_image("image", "dot.png")
run.log_confusion_matrix("confusion", {
    "schema_type": "confusion_matrix", "schema_version": "1.0.0",
    "data": {"class_labels": ["0", "1"], "matrix": [[1, 2], [3, 4]]}})
run.log_residuals("residuals", {
    "schema_type": "residuals", "schema_version": "1.0.0", "data": {"bin_edges": [1.0, 2.0], "bin_counts": [1]}})
run.log_predictions("predictions", {
    "schema_type": "predictions", "schema_version": "1.0.0",
    "data": {"bin_averages": [1.0], "bin_errors": [0.1], "bin_counts": [1], "bin_edges": [0.0, 1.0]}})
run.log_accuracy_table("accuracy", {
    "schema_type": "accuracy_table", "schema_version": "1.0.1",
    "data": {
        "probability_tables": [[[1, 2, 3, 4], [0, 2, 3, 4]]], "percentile_tables": [[[1, 2, 3, 4], [0, 2, 3, 4]]],
        "class_labels": ["0"], "probability_thresholds": [0.0, 1.0], "percentile_thresholds": [0.0, 1.0]}})
run.flush()
metrics = run.get_metrics()
metrics["nan"], metrics["inf"] = repr(metrics["nan"]), repr(metrics["inf"])

# Files: a small one, a folder, and one that goes in blocks.
os.makedirs("folder/below", exist_ok=True)
with open("folder/below/small ü.txt", "w") as file:
    file.write("small")
with open("large.bin", "wb") as file:
    for number in range(70):
        file.write(bytes([number]) * (1 << 20))
run.upload_file("data/large.bin", "large.bin")
run.upload_folder("kept", "folder")
run.download_file("data/large.bin", "back.bin")
with open("large.bin", "rb") as left, open("back.bin", "rb") as right:
    same = left.read() == right.read()
run.download_files(prefix="kept", output_directory="down")
with open("down/kept/below/small ü.txt") as file:
    small = file.read()
try:
    run.download_file("data/none", "none")
    missing = "found"
except Exception as error:
    missing = type(error).__name__
run.complete()
print("\n" + json.dumps({
    "id": run.id, "metrics": metrics, "files": sorted(run.get_file_names()), "same": same, "small": small,
    "missing": missing, "one": run.get_metrics(name="loss")}))
