/// The file that `runwatch serve --print-python-helper` prints, for scripts to import as `runwatch_helper`.
package enum PythonHelper {
    /// The whole file: what it is for, then one part for each client.
    package static var text: String { [opening, cancelling, AzurePythonHelper.source].joined(separator: "\n\n\n") }

    private static let opening = #"""
        '''runwatch for Python scripts. Keep this file beside them; it needs nothing but the client that they use.

        Stop a run from a dashboard (runwatch, or any client that sets a run of MLflow's to KILLED):

            import runwatch_helper
            runwatch_helper.stop_on_cancel()          # KeyboardInterrupt in the main thread, or
            runwatch_helper.stop_on_cancel(callback)  # callback(run_id), in a thread of its own

        Call it after `mlflow.start_run()`. It works with every MLflow server.

        Log to `runwatch serve` with Azure ML's SDK (azureml-core), whose Workspace.from_config() then opens that server:

            import runwatch_helper
            runwatch_helper.use_azureml("http://127.0.0.1:5000")
        '''

        import atexit
        import signal
        import threading
        """#
}
