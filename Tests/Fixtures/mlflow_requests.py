"""Asks servers as MLflow's own client does.

usage: mlflow_requests.py CASES

CASES is a JSON file: [{"uri": …, "environment": {…}, "path": …}]. Each is one GET below the tracking URI, in that
environment and no other. Prints a JSON list: the status that came back, or the name of the exception.
"""

import json
import os
import sys
import warnings

import mlflow.legacy_databricks_cli.configure.provider as databricks
import mlflow.utils.rest_utils as rest
from mlflow.utils.credentials import get_default_host_creds
from mlflow.utils.databricks_utils import get_databricks_host_creds


def ask(uri, path):
    is_databricks = uri == "databricks" or uri.startswith("databricks://")
    credentials = get_databricks_host_creds(uri) if is_databricks else get_default_host_creds(uri)
    # A server that redirects or fails is not what this is about.
    answer = rest.http_request(credentials, path, "GET", max_retries=0, timeout=30, raise_on_status=False)
    return answer.status_code


def main():
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    outcomes = []
    for case in cases:
        os.environ.clear()
        os.environ.update(kept | case["environment"])
        # What a process of its own would do once.
        rest.get_workspace_client.cache_clear()
        databricks._home = case["environment"]["HOME"]
        try:
            outcomes.append(ask(case["uri"], case["path"]))
        except Exception as error:
            outcomes.append(f"{type(error).__name__}: {error}")
    print(json.dumps(outcomes))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
