package import HTTPTypes
package import Hummingbird
package import RunServices

/// MLflow's protocol below a workspace, where a workspace says that its tracking server is.
package struct AzureMLflowRoutes: RunServerRoutes {
    private let mlflow: MLflowRoutes

    /// - Parameter isSecure: whether clients come by https.
    package init(service: any HostedRunService, isSecure: Bool) {
        mlflow = MLflowRoutes(service: service, isSecure: isSecure)
    }

    /// By the first part of the path.
    package func owns(_ path: Substring) -> Bool { path.hasPrefix("/mlflow/") }

    /// As MLflow's own paths are judged.
    package func isReading(_ method: HTTPRequest.Method, _ path: Substring) -> Bool { mlflow.isReading(method, path) }

    /// As MLflow's own paths are judged.
    package func authorizesItself(_ path: Substring) -> Bool { mlflow.authorizesItself(path) }

    /// For every version that clients put before the workspace.
    package func add(to router: Router<ServerContext>) {
        mlflow.add(to: router, at: "mlflow/:version/\(AzureMLRoutes.scope)")
    }

    /// In MLflow's words.
    package func response(to error: any Error) -> Response { mlflow.response(to: error) }
}
