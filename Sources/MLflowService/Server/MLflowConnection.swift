import Foundation
package import HTTPTransport
package import RunServices

/// How to reach a tracking server, as MLflow's own client takes it from address and environment
/// (https://mlflow.org/docs/latest/ml/auth/ and `mlflow/environment_variables.py`).
package struct MLflowConnection: Sendable {
    package var transport: HTTPTransportOptions
    /// What MLflow's own client needs to be told, without credentials.
    package let trackingURI: String
    /// Sent only to servers that have workspaces: others refuse it.
    package var workspace: String?

    /// `uri`: `http(s)://…` or `databricks[://PROFILE]`. Throws `invalid` with what to correct.
    package init(uri: String, environment: [String: String]) throws(RunServiceError) {
        if uri == "databricks" || uri.hasPrefix("databricks://") {
            let profile = String(uri.dropFirst("databricks://".count))
            transport = try Self.databricks(profile, environment)
            trackingURI = uri
            workspace = nil
            return
        }
        let address = try HTTPAddress(uri)
        trackingURI = address.text
        let variables = Variables(environment)
        let insecure = variables["MLFLOW_TRACKING_INSECURE_TLS"].map(Self.isTrue) ?? false
        let authorities = variables["MLFLOW_TRACKING_SERVER_CERT_PATH"]
        if insecure && authorities != nil {
            throw RunServiceError(
                .invalid,
                "MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH contradict each other; unset one.")
        }
        if variables["MLFLOW_TRACKING_AWS_SIGV4"].map(Self.isTrue) ?? false {
            throw RunServiceError(.unsupported, "MLFLOW_TRACKING_AWS_SIGV4 is not supported; use a token instead.")
        }
        transport = HTTPTransportOptions(
            address: address, credentials: Self.credentials(variables),
            tls: TLSOptions(
                authorities: authorities ?? variables["REQUESTS_CA_BUNDLE"] ?? variables["SSL_CERT_FILE"],
                clientCertificate: variables["MLFLOW_TRACKING_CLIENT_CERT_PATH"], isInsecure: insecure),
            proxy: try HTTPProxy.forAddress(address, environment: environment), serverName: "The MLflow server")
        workspace = variables["MLFLOW_WORKSPACE"]
    }

    private static func databricks(
        _ profile: String, _ environment: [String: String]
    ) throws(RunServiceError) -> HTTPTransportOptions {
        let variables = Variables(environment)
        let file = variables["DATABRICKS_CONFIG_FILE"] ?? (environment["HOME"] ?? "") + "/.databrickscfg"
        let name = profile.isEmpty ? variables["DATABRICKS_CONFIG_PROFILE"] ?? "DEFAULT" : profile
        let section = INIFile(path: file)?.sections[name] ?? [:]
        let isNamed = !profile.isEmpty
        let host = isNamed ? section["host"] : variables["DATABRICKS_HOST"] ?? section["host"]
        let token = isNamed ? section["token"] : variables["DATABRICKS_TOKEN"] ?? section["token"]
        guard let host, let token else {
            throw RunServiceError(
                .invalid,
                "No host and token for the Databricks profile `\(Shown.text(name))`; add both to ~/.databrickscfg.")
        }
        let address = try HTTPAddress(host.contains("://") ? host : "https://" + host)
        return HTTPTransportOptions(
            address: address, credentials: .bearer(token: token),
            proxy: try HTTPProxy.forAddress(address, environment: environment), serverName: "The Databricks workspace")
    }

    /// User and password win over a token, each of them taken from the credentials file where the environment lacks it.
    private static func credentials(_ variables: Variables) -> HTTPCredentials? {
        let file = (variables["HOME"] ?? "") + "/.mlflow/credentials"
        let stored = INIFile(path: file)?.sections["mlflow"] ?? [:]
        let user = variables["MLFLOW_TRACKING_USERNAME"] ?? stored["mlflow_tracking_username"]
        let password = variables["MLFLOW_TRACKING_PASSWORD"] ?? stored["mlflow_tracking_password"]
        if let user, let password { return .basic(user: user, password: password) }
        return variables["MLFLOW_TRACKING_TOKEN"].map { .bearer(token: $0) }
    }

    private static func isTrue(_ text: String) -> Bool { ["true", "1"].contains(text.lowercased()) }
}

/// Variables that are empty count as absent.
private struct Variables {
    private let all: [String: String]

    init(_ all: [String: String]) { self.all = all }

    subscript(name: String) -> String? { all[name].flatMap { $0.isEmpty ? nil : $0 } }
}
