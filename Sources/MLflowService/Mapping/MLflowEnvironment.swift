import HTTPTransport
import MLflowWire
package import RunModel
package import RunServices

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

    /// A name wins over an id.
    static func experimentName(
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

extension MLflowServer {
    package var address: String { trackingURI }

    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        try await MLflowEnvironment.experimentName(in: environment) { id throws(RunServiceError) in
            do throws(RunServiceError) {
                return try await api.experiment(id).name
            } catch {
                if error.code == .notFound || error.code == .invalid { return nil }
                throw error
            }
        }
    }

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

extension RecordStore {
    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        try await MLflowEnvironment.experimentName(in: environment) { id throws(RunServiceError) in
            try await read { session in try session.experiments().first { $0.id == id }?.name }
        }
    }
}

extension MLflowDatabase {
    package var address: String { MLflowLocation.database(path).trackingURI }

    package func commandEnvironment(for run: Run) -> [String: String?] {
        MLflowEnvironment.variables(trackingURI: address, run: run)
    }
}

extension MLflowFileStore {
    package var address: String { MLflowLocation.files(root).trackingURI }

    package func commandEnvironment(for run: Run) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: address, run: run)
        // MLflow 3.17 refuses this kind of store otherwise.
        variables["MLFLOW_ALLOW_FILE_STORE"] = "true"
        return variables
    }
}
