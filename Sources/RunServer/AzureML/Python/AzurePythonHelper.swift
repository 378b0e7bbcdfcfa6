/// The part of the Python helper that points Azure ML's SDK (azureml-core) at this server.
package enum AzurePythonHelper {
    /// What the SDK says in its User-Agent once the helper is in use: it can send files then. Its token says so too, for
    /// clients that build a User-Agent of their own.
    static let userAgent = "runwatch-helper"

    /// Python; its names begin with `use_azureml` and `_azureml`, and it needs no import but those it makes itself.
    package static let source = #"""
        import base64
        import functools
        import getpass
        import json
        import os
        import sys
        import time


        def use_azureml(server=None, token=None, workspace="runwatch"):
            """Points azureml-core at `runwatch serve`; afterwards Workspace.from_config() needs no login.

            server: as `runwatch serve` prints it, http://127.0.0.1:5000 by default.
            token: what its --token-file holds; RUNWATCH_TOKEN by default.
            Returns a workspace, for scripts without a config.json.
            """
            server = (server or os.environ.get("RUNWATCH_SERVER") or "http://127.0.0.1:5000").rstrip("/")
            token = token or os.environ.get("RUNWATCH_TOKEN") or "local"
            # Scripts that the SDK starts on this machine find both, and this Python, in their environment.
            os.environ["RUNWATCH_SERVER"] = server
            os.environ["RUNWATCH_TOKEN"] = token
            os.environ["RUNWATCH_PYTHON"] = sys.executable
            # The SDK would ask Azure which clouds there are.
            os.environ.setdefault("AZUREML_CURRENT_CLOUD", "AzureCloud")
            import azureml.core.workspace as workspaces

            authentication = functools.partial(_azureml_authentication(), server, token)
            workspaces.InteractiveLoginAuthentication = authentication
            _azureml_uploads(server)
            nowhere = "00000000-0000-0000-0000-000000000000"
            return workspaces.Workspace.get(
                workspace, auth=authentication(), subscription_id=nowhere, resource_group="runwatch"
            )


        def _azureml_token(token, **more):
            """The SDK reads when a token ends, so that ours is dressed as one that can be read."""
            try:
                user = getpass.getuser()
            except Exception:
                user = ""
            claims = {"exp": int(time.time()) + 30 * 86400, "tid": "runwatch", "oid": "runwatch", "name": user, **more}
            parts = [json.dumps({"alg": "none", "typ": "JWT"}), json.dumps(claims), token]
            return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


        def _azureml_authentication():
            import copy

            from azureml.core.authentication import AbstractAuthentication

            class RunwatchAuthentication(AbstractAuthentication):
                def __init__(self, server, token):
                    super().__init__(cloud="AzureCloud")
                    self._token = token
                    self._cloud_type = copy.deepcopy(self._cloud_type)
                    self._cloud_type.endpoints.resource_manager = server

                def _get_arm_token(self):
                    return _azureml_token(self._token, helper=True)

                _get_graph_token = _get_arm_token
                _get_azureml_client_token = _get_arm_token

                def _get_all_subscription_ids(self):
                    return [], None

                def _check_if_subscription_exists(self, *_):
                    return True

                def _get_workspace(self, *_):
                    return None

            return RunwatchAuthentication


        def _azureml_uploads(server):
            """Lets the SDK send files to the server: by itself it takes an address apart and asks https for it."""
            from azureml._restclient.service_context import ServiceContext
            from azureml._vendor.azure_storage import blob

            name = ServiceContext._add_user_agent
            if not hasattr(name, "runwatch"):

                def tell(self, client, user_agent=None):
                    name(self, client, ((user_agent or "") + " runwatch-helper/1").strip())

                tell.runwatch = True
                ServiceContext._add_user_agent = tell
            clients = [blob.BlobServiceClient, blob.BlobClient]
            try:
                # What azureml-mlflow uses.
                from azure.storage import blob as standalone

                clients += [standalone.BlobServiceClient, standalone.BlobClient]
            except ImportError:
                pass
            for client in clients:
                _azureml_redirect(client, server)


        _azureml_servers = {}


        def _azureml_redirect(client, server):
            mark = "https://runwatch.blob."
            _azureml_servers[server.split("://", 1)[1]] = server
            original = client.__init__
            if hasattr(original, "runwatch"):
                return

            @functools.wraps(original)
            def init(self, account_url, *args, **options):
                if account_url.startswith(mark):
                    host, slash, rest = account_url[len(mark):].partition("/")
                    account_url = _azureml_servers.get(host, "https://" + host) + slash + rest
                original(self, account_url, *args, **options)

            init.runwatch = True
            client.__init__ = init

        """#
}
