import HTTPTransport
import MLflowMeaning
package import RunModel
package import RunServices

/// A run service on another machine that is `runwatch serve`: it says so where it is asked as an MLflow server, and then
/// every call goes to it as it is, so that nothing is lost on the way.
package final class RunwatchServer: SupervisedRunService {
    /// The kind `runwatch` and the server's address, without credentials.
    package let description: ServiceDescription
    /// Everything, unless it is opened read-only.
    package let capabilities: Capabilities
    /// The tracking URI, without credentials.
    package let address: String

    let api: RunwatchAPI

    /// Nothing is sent yet. Throws `invalid` when a certificate file cannot be used.
    package init(
        _ connection: MLflowConnection, isReadOnly: Bool = false, patience: Int64 = 0
    ) throws(RunServiceError) {
        api = try RunwatchAPI(connection, patience: patience)
        address = connection.trackingURI
        description = ServiceDescription(kind: "runwatch", location: connection.transport.address.text)
        let all = Capabilities(deleteRuns: .available, purgeRuns: .available)
        capabilities = isReadOnly ? all.readOnly(because: Capabilities.openedReadOnly) : all
    }

    /// Whether the server at the other end is one, as far as it can be told: a server that does not answer is none.
    package func isThere() async -> Bool { await api.isThere() }

    /// As an MLflow server's: MLflow's own client in the command logs to the same run.
    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] {
        var variables = MLflowEnvironment.variables(trackingURI: address, run: run, inherited: inherited)
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

    /// About errors of MLflow's own client.
    package func advice(onLastWords words: String) -> String? { MLflowAdvice.onEnd(lastWords: words) }

    /// By the variables of MLflow's client.
    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        try await MLflowEnvironment.experimentName(in: environment) { id throws(RunServiceError) in
            try await experiments().first { $0.id.text == id }?.name
        }
    }
}
