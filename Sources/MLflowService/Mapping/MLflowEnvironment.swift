import HTTPTransport
package import RunModel

/// How MLflow's own client in a command finds the service and the run (`mlflow/environment_variables.py`).
enum MLflowEnvironment {
    static func variables(trackingURI: String, run: Run) -> [String: String?] {
        [
            "MLFLOW_TRACKING_URI": trackingURI, "MLFLOW_RUN_ID": run.id.text,
            "MLFLOW_EXPERIMENT_ID": run.experimentID.text,
            // It wins over the id, so nested runs would land elsewhere.
            "MLFLOW_EXPERIMENT_NAME": nil,
        ]
    }
}

extension MLflowServer {
    package var address: String { trackingURI }

    package func commandEnvironment(for run: Run) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: trackingURI, run: run)
        let options = api.transport.options
        // All other credentials are where MLflow's client looks for them by itself.
        if case .basic(let user, let password) = options.address.credentials,
            options.credentials == options.address.credentials
        {
            variables["MLFLOW_TRACKING_USERNAME"] = user
            variables["MLFLOW_TRACKING_PASSWORD"] = password
        }
        return variables
    }
}

extension MLflowDatabase {
    /// SQLAlchemy's form: the path, with its leading slash, after three slashes.
    package var address: String { "sqlite:///" + path }

    package func commandEnvironment(for run: Run) -> [String: String?] {
        MLflowEnvironment.variables(trackingURI: address, run: run)
    }
}

extension MLflowFileStore {
    package var address: String {
        let parts = root.split(separator: "/", omittingEmptySubsequences: false)
        return "file://" + parts.map { HTTPTransport.escaped(String($0)) }.joined(separator: "/")
    }

    package func commandEnvironment(for run: Run) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: address, run: run)
        // MLflow 3.17 refuses this kind of store otherwise.
        variables["MLFLOW_ALLOW_FILE_STORE"] = "true"
        return variables
    }
}
