import AzureMLMeaning
import AzureMLWire
import HTTPTransport
import MLflowMeaning
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// Looks for what a submitted run says of its experiment, then for what MLflow's client heeds.
    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        if let name = environment["AZUREML_ARM_PROJECT_NAME"], !name.isEmpty { return name }
        return try await MLflowEnvironment.experimentName(in: environment) { id throws(RunServiceError) in
            do throws(RunServiceError) {
                return try await api.experiment(ExperimentID(id)).name
            } catch {
                if error.code == .notFound || error.code == .invalid { return nil }
                throw error
            }
        }
    }

    /// By these `Run.get_context()` and MLflow's client find the run; the token is this program's own, and as long-lived.
    package func commandEnvironment(
        for run: Run, inherited: (String) -> String?
    ) -> [String: String?] {
        let address = connection.address
        guard let endpoints = connection.knownEndpoints, let history = endpoints.services["history"] else { return [:] }
        var variables = MLflowEnvironment.variables(
            trackingURI: trackingURI(endpoints.services["api"] ?? history), run: run, inherited: inherited)
        let own: [String: String?] = [
            "AZUREML_ARM_SUBSCRIPTION": address.subscription, "AZUREML_ARM_RESOURCEGROUP": address.group,
            "AZUREML_ARM_WORKSPACE_NAME": address.workspace, "AZUREML_ARM_PROJECT_NAME": run.experimentName,
            "AZUREML_EXPERIMENT_ID": run.experimentID.text, "AZUREML_RUN_ID": run.id.text,
            "AZUREML_SERVICE_ENDPOINT": history.text, "AZUREML_WORKSPACE_SCOPE": address.scope,
            "AZUREML_EXPERIMENT_SCOPE": "\(address.scope)/experiments/\(run.experimentName)",
            "AZUREML_WORKSPACE_ID": endpoints.workspaceID,
            "AZUREML_DISCOVERY_SERVICE_ENDPOINT": endpoints.discoveryURL,
        ]
        for (key, value) in own { variables.updateValue(value, forKey: key) }
        if let token = runTokens.withLock({ $0[run.id] }) ?? connection.lastToken {
            variables.updateValue(token.text, forKey: "AZUREML_RUN_TOKEN")
            // As the text of a date, without which the client looks for one in the token.
            let expiry = token.expiresAt ?? clock().advanced(byMilliseconds: Self.unknownExpiry)
            variables.updateValue(AzureMoment.time(expiry).text, forKey: "AZUREML_RUN_TOKEN_EXPIRY")
            variables.updateValue(token.text, forKey: "MLFLOW_TRACKING_TOKEN")
        }
        return variables
    }

    /// Milliseconds for which a token counts as good that does not say when it ends.
    private static let unknownExpiry: Int64 = 30 * 86_400_000

    /// Azure's plug-in of MLflow's client makes https of its own kind of address, so without TLS it is left out.
    private func trackingURI(_ api: HTTPAddress) -> String {
        let scope = connection.address.scope
        return api.isSecure
            ? "azureml://\(api.authority)\(api.path)/mlflow/v1.0\(scope)" : "\(api.text)/mlflow/v2.0\(scope)"
    }
}
