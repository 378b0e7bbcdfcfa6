"""Uses azureml-core without our helper; prints one JSON object."""
import base64
import json
import os
import sys
import time

os.environ["AZUREML_CURRENT_CLOUD"] = "AzureCloud"

from azureml._restclient.service_context import ServiceContext
from azureml.core import Experiment, Workspace
from azureml.core.authentication import AbstractAuthentication


class ByHand(AbstractAuthentication):
    def __init__(self):
        super().__init__(cloud="AzureCloud")

    def _get_arm_token(self):
        parts = ['{"alg": "none"}', json.dumps({"exp": int(time.time()) + 86400}), "local"]
        return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


context = ServiceContext("0000", "group", "space", "an-id", sys.argv[1] + "/discovery", ByHand())
experiment = Experiment(Workspace._from_service_context(context, "local"), "by-hand")
os.makedirs("logs", exist_ok=True)
with open("logs/user_log.txt", "w") as file:
    file.write("left by a run before")
with experiment.start_logging() as run:
    run.log("loss", 0.5)
try:
    run.upload_file("kept.txt", "logs/user_log.txt")
    refusal = ""
except Exception as error:
    refusal = error.message
print("\n" + json.dumps({"status": run.get_status(), "metrics": run.get_metrics(), "refusal": refusal}))
