extension PythonHelper {
    /// How a script learns that its run was cancelled.
    static let cancelling = #"""
        def stop_on_cancel(callback=None, run_id=None, interval=5.0):
            '''Watches a run of MLflow's and stops this script once somebody cancels it.

            Without a callback the main thread gets a KeyboardInterrupt, as from ctrl-c, so `with` and `finally` do their
            work. The run stays KILLED, whatever MLflow's client says of it as the script ends.

            run_id: the run to watch; by default the active one. interval: seconds between questions.
            Returns a function that ends the watch.
            '''
            import mlflow

            if run_id is None:
                active = mlflow.active_run()
                if active is None:
                    raise RuntimeError("No run is active: call this after mlflow.start_run(), or name a run_id.")
                run_id = active.info.run_id
            if callback is None:
                _allow_interrupts()
            client = mlflow.MlflowClient()
            ended = threading.Event()

            def keep_killed():
                active = mlflow.active_run()
                if active is not None and active.info.run_id == run_id:
                    mlflow.end_run("KILLED")
                elif client.get_run(run_id).info.status != "KILLED":
                    client.set_terminated(run_id, "KILLED")

            def watch():
                while not ended.wait(interval):
                    try:
                        status = client.get_run(run_id).info.status
                    except Exception:
                        continue  # The server is away for a while; the script goes on.
                    if status in ("FINISHED", "FAILED"):
                        return
                    if status == "KILLED":
                        atexit.register(keep_killed)
                        if callback is not None:
                            callback(run_id)
                        else:
                            _interrupt_main_thread()
                        return

            threading.Thread(target=watch, name="runwatch-stop-on-cancel", daemon=True).start()
            return ended.set


        def _allow_interrupts():
            # Shells start scripts in the background with the signal ignored, some programs start them with it blocked.
            if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
                signal.signal(signal.SIGINT, signal.default_int_handler)
            if hasattr(signal, "pthread_sigmask"):
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


        def _interrupt_main_thread():
            main = threading.main_thread().ident
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(main, signal.SIGINT)  # Wakes it from a sleep or a read, too.
            else:
                import _thread

                _thread.interrupt_main()
        """#
}
