import HTTPTransport
import MLflowMeaning
import MLflowWire
package import RunModel
package import RunServices

extension MLflowServer {
    /// The tracking URI, without credentials.
    package var address: String { trackingURI }

    /// Asks the server for the name only where the environment gives an id.
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

    /// About errors of MLflow's own client.
    package func advice(onLastWords words: String) -> String? { MLflowAdvice.onEnd(lastWords: words) }

    /// Adds the name and password that the address held; MLflow's client finds other credentials by itself.
    package func commandEnvironment(
        for run: Run, inherited: (String) -> String?
    ) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: trackingURI, run: run, inherited: inherited)
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
