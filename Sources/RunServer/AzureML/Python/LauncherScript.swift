/// The Python that a client gets together with the launcher of its script. It needs the standard library only.
enum LauncherScript {
    /// Starts the script, tells the server of it, and ends it on a cancel.
    static let launcher = #"""
        """Starts a run's script and looks after it until it is over."""
        import json
        import os
        import signal
        import subprocess
        import sys
        import time
        import uuid

        from runwatch_azureml import _azureml_token
        from supervision import LogSender, Server, children_gone, end, send_files, stamp

        LOG = "azureml-logs/70_driver_log.txt"
        KILL_FILE = "azureml-setup/killfile"
        GRACE = float(os.environ.get("RUNWATCH_GRACE", "10"))


        def environment(settings, nonce):
            token = os.environ.get("RUNWATCH_TOKEN", "local")
            variables = dict(os.environ, **settings["environment"])
            variables.update(
                AZUREML_ARM_SUBSCRIPTION=settings["subscription"],
                AZUREML_ARM_RESOURCEGROUP=settings["resourceGroup"],
                AZUREML_ARM_WORKSPACE_NAME=settings["workspace"],
                AZUREML_ARM_PROJECT_NAME=settings["experiment"],
                AZUREML_EXPERIMENT_ID=settings["experimentId"],
                AZUREML_EXPERIMENT_SCOPE=settings["scope"] + "/experiments/" + settings["experiment"],
                AZUREML_WORKSPACE_ID=settings["workspaceId"],
                AZUREML_RUN_ID=settings["runId"],
                AZUREML_SERVICE_ENDPOINT=settings["server"],
                AZUREML_DISCOVERY_SERVICE_ENDPOINT=settings["server"] + "/discovery",
                AZUREML_RUN_TOKEN=_azureml_token(token),
                AZUREML_RUN_TOKEN_EXPIRY=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 29 * 86400)),
                AZUREML_CURRENT_CLOUD="AzureCloud",
                MLFLOW_TRACKING_URI=settings["server"],
                MLFLOW_RUN_ID=settings["runId"],
                RUNWATCH_SERVICE=settings["server"],
                RUNWATCH_SERVER=settings["server"],
                RUNWATCH_RUN_ID=settings["runId"],
                RUNWATCH_LAUNCH=nonce,
                PYTHONUNBUFFERED="1",
            )
            if token != "local":
                variables["MLFLOW_TRACKING_TOKEN"] = token
            return variables


        def command(settings):
            if "command" in settings:
                return ["/bin/sh", "-c", settings["command"]]
            given = settings.get("interpreter", "python")
            python = sys.executable if given == "python" else given
            return [python, "azureml-setup/script.py", settings["script"]] + settings["arguments"]


        def watch(server, child, log, group, nonce):
            """Waits for the child's end; returns whether it came because of a cancel."""
            while child.poll() is None:
                log.send()
                if server.status() in ("CancelRequested", "Canceled") or os.path.exists(KILL_FILE):
                    end(child, group, nonce, GRACE)
                    return True
                try:
                    child.wait(1)
                except subprocess.TimeoutExpired:
                    pass
            return os.path.exists(KILL_FILE)


        def main():
            with open("azureml-setup/launcher.json") as file:
                settings = json.load(file)
            try:
                # What ends the program that submitted the run, such as ctrl-c, does not end the run.
                os.setsid()
            except OSError:
                pass
            server = Server(settings)
            nonce = uuid.uuid4().hex
            os.makedirs(os.path.dirname(LOG), exist_ok=True)
            server.attach()
            if os.path.exists(KILL_FILE):
                return server.finish({"isCanceled": True})
            with open(LOG, "ab", buffering=0) as output:
                try:
                    child = subprocess.Popen(
                        command(settings), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                        env=environment(settings, nonce), start_new_session=True)
                except OSError as error:
                    return server.finish({"message": "The script could not be started: %s" % error})
            signal.signal(signal.SIGTERM, lambda *_: open(KILL_FILE, "a").close())
            server.attach(stamp(child.pid))
            server.event("Start")
            log = LogSender(server, LOG)
            canceled = watch(server, child, log, child.pid, nonce)
            code = child.wait()
            if not canceled:
                children_gone(child.pid, nonce, 2)
            log.finish()
            send_files(server, ["outputs", "logs"])
            report = {"isCanceled": canceled}
            report.update({"signal": -code} if code < 0 else {"status": code})
            try:
                with open("azureml-setup/error.json") as file:
                    report["message"] = json.load(file)["message"]
            except (OSError, ValueError, KeyError):
                pass
            server.finish(report)


        main()

        """#

    /// Runs the script itself, with what Azure's own launcher adds: metrics are sent off at the end, and an exception is
    /// the run's error.
    static let script = #"""
        """Runs a script as if it had been started itself, and sends off what it logged when it ends."""
        import importlib.abc
        import importlib.util
        import json
        import os
        import runpy
        import sys
        import traceback

        clients = []


        class AfterImport(importlib.abc.MetaPathFinder):
            """Prepares the SDK once the script imports it, and not before: that takes seconds."""

            def find_spec(self, name, path, target=None):
                if name != "azureml.core":
                    return None
                sys.meta_path.remove(self)
                spec = importlib.util.find_spec(name)
                if spec is not None and spec.loader is not None:
                    original = spec.loader.exec_module

                    def exec_module(module):
                        original(module)
                        prepare()

                    spec.loader.exec_module = exec_module
                return spec


        def prepare():
            from azureml._restclient.metrics_client import MetricsClient

            import runwatch_azureml

            runwatch_azureml._azureml_uploads(os.environ["RUNWATCH_SERVER"])
            original = MetricsClient.__init__

            def init(self, *args, **options):
                original(self, *args, **options)
                clients.append(self)

            MetricsClient.__init__ = init


        def main():
            script = sys.argv[1]
            sys.argv = sys.argv[1:]
            setup = sys.path[0]
            sys.path[0] = os.path.dirname(os.path.abspath(script))
            sys.path.append(setup)
            sys.meta_path.insert(0, AfterImport())
            try:
                runpy.run_path(script, run_name="__main__")
            except Exception as error:
                # Without the frames of this file and of runpy.
                frames = error.__traceback__
                while frames is not None and frames.tb_frame.f_code.co_filename != script:
                    frames = frames.tb_next
                traceback.print_exception(type(error), error, frames or error.__traceback__)
                message = "User program failed with %s: %s" % (type(error).__name__, error)
                with open(os.path.join(setup, "error.json"), "w") as file:
                    json.dump({"message": message[:10000]}, file)
                sys.exit(1)
            finally:
                for client in clients:
                    try:
                        client.flush(timeout_seconds=60)
                    except Exception as error:
                        print("runwatch: metrics were not sent: %s" % error, file=sys.stderr)


        main()

        """#
}
