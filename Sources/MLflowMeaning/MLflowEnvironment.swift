package import RunModel
package import RunServices

/// How MLflow's own client in a command finds the service and the run (`mlflow/environment_variables.py`).
package enum MLflowEnvironment {
    /// The variables by which a command finds the service and its run; a nil value takes a variable away.
    /// - Parameter inherited: the value that a variable would have without this.
    package static func variables(
        trackingURI: String, run: Run, inherited: (String) -> String?
    ) -> [String: String?] {
        [
            "MLFLOW_TRACKING_URI": trackingURI,
            MLflowRunContext.variable: MLflowRunContext.text(
                naming: run.id, added: inherited(MLflowRunContext.variable)), "MLFLOW_RUN_ID": run.id.text,
            "MLFLOW_EXPERIMENT_ID": run.experimentID.text,
            // It wins over the id, so nested runs would land elsewhere.
            "MLFLOW_EXPERIMENT_NAME": nil,
        ]
    }

    /// The experiment that an environment names: a name wins over an id. Throws `notFound` for an id that `nameOf` does not
    /// know.
    package static func experimentName(
        in environment: [String: String],
        nameOf: (_ id: String) async throws(RunServiceError) -> String?
    ) async throws(RunServiceError) -> String? {
        if let name = environment["MLFLOW_EXPERIMENT_NAME"], !name.isEmpty { return name }
        guard let id = environment["MLFLOW_EXPERIMENT_ID"], !id.isEmpty else { return nil }
        if let name = try await nameOf(id) { return name }
        throw RunServiceError(
            .notFound, "MLFLOW_EXPERIMENT_ID: there is no experiment \(Shown.text(id)); name one with -e.")
    }
}
