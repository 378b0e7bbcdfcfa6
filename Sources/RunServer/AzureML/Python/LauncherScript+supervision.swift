extension LauncherScript {
    /// What the launcher asks of the server and of the system.
    static let supervision = #"""
        """What the launcher of a run asks of the server and of the system."""
        import json
        import os
        import signal
        import socket
        import ssl
        import time
        import urllib.error
        import urllib.parse
        import urllib.request
        from datetime import datetime, timezone

        from runwatch_azureml import _azureml_token


        # The variable by which people tell the SDK of a certificate of their own.
        TRUST = ssl.create_default_context(cafile=os.environ.get("REQUESTS_CA_BUNDLE"))


        def is_refusal(error):
            return isinstance(error, urllib.error.HTTPError) and error.code < 500


        class Server:
            def __init__(self, settings):
                token = _azureml_token(os.environ.get("RUNWATCH_TOKEN", "local"))
                self.headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
                self.run = urllib.parse.quote(settings["runId"], safe="")
                self.experiment = urllib.parse.quote(settings["experiment"], safe="")
                self.base, self.scope = settings["server"], settings["scope"]

            def post(self, path, body, timeout=30):
                request = urllib.request.Request(self.base + path, body, self.headers, method="POST")
                with urllib.request.urlopen(request, timeout=timeout, context=TRUST) as answer:
                    return answer.read()

            def tell(self, what, content, patience=0):
                """Raises OSError when the server refuses, or is away for longer than the patience."""
                body = content if isinstance(content, bytes) else json.dumps(content).encode()
                path = "/azureml/v1.0%s/runs/%s/%s" % (self.scope, self.run, what)
                end = time.monotonic() + patience
                while True:
                    try:
                        return json.loads(self.post(path, body) or b"{}")
                    except OSError as error:
                        if is_refusal(error) or time.monotonic() >= end:
                            raise
                    time.sleep(1)

            def status(self):
                """The run's status; nothing while the server is away: the script goes on."""
                try:
                    return self.tell("heartbeat", {}).get("status")
                except OSError:
                    return None

            def attach(self, child=None):
                try:
                    with open("/proc/sys/kernel/random/boot_id") as file:
                        # A pid means nothing in another namespace of pids.
                        boot = file.read().strip() + "+" + os.readlink("/proc/self/ns/pid")
                except OSError:
                    boot = ""
                self.tell("attach", {
                    "host": socket.gethostname(), "bootId": boot, "process": stamp(os.getpid()), "command": child,
                }, patience=60)

            def event(self, name):
                now = datetime.now(timezone.utc).isoformat()
                path = "/history/v1.0%s/experiments/%s/runs/%s/events" % (self.scope, self.experiment, self.run)
                body = {"timestamp": now, "name": "Microsoft.MachineLearning.Run." + name, "data": {}}
                try:
                    self.post(path, json.dumps(body).encode())
                except OSError:
                    pass

            def finish(self, report):
                self.tell("exit", report, patience=300)


        class LogSender:
            """Sends a file on as it grows."""

            def __init__(self, server, path):
                self.server, self.file = server, open(path, "rb")

            def send(self, patience=0):
                while True:
                    start = self.file.tell()
                    piece = self.file.read(1 << 20)
                    if not piece:
                        return
                    try:
                        self.server.tell("log", piece, patience)
                    except OSError as error:
                        # What is refused now will be refused again; what did not arrive is sent later.
                        if not is_refusal(error):
                            self.file.seek(start)
                            return

            def finish(self):
                self.send(patience=60)


        def stamp(pid):
            """A process and when it started, which no later one of its number shares."""
            try:
                with open("/proc/%d/stat" % pid) as file:
                    started = int(file.read().rpartition(")")[2].split()[19])
            except (OSError, ValueError, IndexError):
                started = 0
            return {"pid": pid, "startTicks": started}


        def marked(group, nonce):
            """All processes of the script that are left: of its group, and those that left it but keep the mark."""
            mark, found = b"RUNWATCH_LAUNCH=" + nonce.encode(), set()
            try:
                numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
            except OSError:
                return found
            for pid in numbers:
                try:
                    with open("/proc/%d/stat" % pid) as file:
                        fields = file.read().rpartition(")")[2].split()
                    if fields[0] == "Z":
                        continue
                    if int(fields[2]) == group:
                        found.add(pid)
                        continue
                    with open("/proc/%d/environ" % pid, "rb") as file:
                        if mark in file.read().split(b"\0"):
                            found.add(pid)
                except (OSError, ValueError, IndexError):
                    pass
            return found


        def shoot(group, nonce, number):
            try:
                os.killpg(group, number)
            except OSError:
                pass
            for pid in marked(group, nonce):
                try:
                    os.kill(pid, number)
                except OSError:
                    pass


        def children_gone(group, nonce, patience):
            end = time.monotonic() + patience
            while marked(group, nonce):
                if time.monotonic() >= end:
                    return False
                time.sleep(0.05)
            return True


        def end(child, group, nonce, grace):
            """Ends all processes of the script: they are asked, and after the grace period they are not."""
            shoot(group, nonce, signal.SIGTERM)
            deadline = time.monotonic() + grace
            while time.monotonic() < deadline:
                child.poll()
                if not marked(group, nonce):
                    break
                time.sleep(0.05)
            shoot(group, nonce, signal.SIGKILL)
            child.wait()
            children_gone(group, nonce, 10)


        def send_files(server, folders):
            """Keeps what the script left in the folders that Azure keeps."""
            headers = dict(server.headers, **{"Content-Type": "application/octet-stream"})
            place = server.base + "/artifact/v2.0%s/artifacts/content/ExperimentRun/dcid.%s/" % (server.scope, server.run)
            for folder in folders:
                for directory, _, names in os.walk(folder):
                    for name in sorted(names):
                        path = os.path.join(directory, name)
                        try:
                            with open(path, "rb") as file:
                                size = os.fstat(file.fileno()).st_size
                                request = urllib.request.Request(
                                    place + urllib.parse.quote(path), file,
                                    dict(headers, **{"Content-Length": str(size)}), method="POST")
                                urllib.request.urlopen(request, timeout=600, context=TRUST).read()
                        except OSError as error:
                            print("runwatch: %s was not kept: %s" % (path, error))

        """#
}
