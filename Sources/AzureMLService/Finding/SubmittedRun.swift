import AzureMLWire
import HTTPTransport
package import RunModel
package import RunServices

/// What Azure ML tells a script that it runs, in its environment.
package struct SubmittedRun: Sendable {
    /// The workspace, behind the host of its services.
    package let address: WorkspaceAddress
    /// The run's own id.
    package let run: RunID
    /// The name of its experiment.
    package let experiment: String
    /// Where to ask for the addresses of all services; nil where that is not told.
    package let discoveryURL: String?
    /// What the run may do its own work with; nil where it is to use another login.
    let token: AccessToken?

    /// The variables that say which run it is; all must be there.
    private static let names = [
        "AZUREML_ARM_SUBSCRIPTION", "AZUREML_ARM_RESOURCEGROUP", "AZUREML_ARM_WORKSPACE_NAME",
        "AZUREML_ARM_PROJECT_NAME",
        "AZUREML_RUN_ID", "AZUREML_SERVICE_ENDPOINT",
    ]

    /// Nil outside of such a run. Throws `invalid` for an address that cannot be used.
    package init?(_ environment: AzureEnvironment) throws(RunServiceError) {
        let values = Self.names.compactMap { environment[$0] }
        guard values.count == Self.names.count else { return nil }
        let host = try AzureCloud.address(values[5], of: Self.names[5])
        address = WorkspaceAddress(subscription: values[0], group: values[1], workspace: values[2], host: host)
        experiment = values[3]
        run = RunID(values[4])
        discoveryURL = environment["AZUREML_DISCOVERY_SERVICE_ENDPOINT"]
        token = environment["AZUREML_RUN_TOKEN"].map { text in
            // Azure's own client wants ISO text too.
            let end = environment["AZUREML_RUN_TOKEN_EXPIRY"].flatMap(AzureTime.init(text:)).map {
                Timestamp(milliseconds: $0.milliseconds)
            }
            return AccessToken(text, expiresAt: end ?? TokenClaims(of: text).end)
        }
    }
}
