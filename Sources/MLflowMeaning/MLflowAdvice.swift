/// What to do about errors of MLflow's own client in a supervised command.
package enum MLflowAdvice {
    /// Nil for words that are of nothing known here.
    ///
    /// A script that calls `set_experiment` and a run made before it started must name one experiment, or `start_run`
    /// refuses to resume the run (`mlflow/tracking/fluent.py`).
    package static func onEnd(lastWords: String) -> String? {
        guard lastWords.contains("active experiment ID does not match environment run ID") else { return nil }
        return "The script sets another experiment than its run is in; name that one before the command, as in "
            + "`runwatch exec -e NAME -- …`."
    }
}
