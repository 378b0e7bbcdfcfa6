import Foundation
package import HTTPTransport
package import RunServices

/// How to reach a tracking server, as MLflow's own client takes it from address and environment
/// (https://mlflow.org/docs/latest/ml/auth/; `mlflow/utils/credentials.py`, `mlflow/utils/rest_utils.py` of 3.17 and the
/// `requests` below them).
package struct MLflowConnection: Sendable {
    /// The server's address, with the login, TLS options and proxy to reach it.
    package var transport: HTTPTransportOptions
    /// What MLflow's own client needs to be told, without credentials.
    package let trackingURI: String
    /// Sent only to servers that have workspaces: others refuse it.
    package var workspace: String?

    /// `uri`: `http(s)://…` or `databricks[://PROFILE]`. Throws `invalid` or `unsupported` with what to correct.
    package init(uri: String, environment: [String: String]) throws(RunServiceError) {
        let variables = Variables(environment)
        if uri == "databricks" || uri.hasPrefix("databricks://") {
            transport = try DatabricksProfile(uri: uri, variables).transport(variables)
            trackingURI = uri
            return
        }
        try Self.refuseOtherAuthentication(variables)
        let address = try HTTPAddress(uri)
        trackingURI = address.text
        let login = MLflowLogin(address, variables)
        transport = HTTPTransportOptions(
            address: address, credentials: login?.credentials, tls: try Self.tls(variables),
            proxy: try HTTPProxy.forAddress(address, environment: environment), serverName: "The MLflow server",
            advice: HTTPAdvice(
                credentials: "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN",
                credentialsInUse: login?.origin, authorities: "its CA bundle in MLFLOW_TRACKING_SERVER_CERT_PATH",
                clientCertificate: "a PEM file with certificate and key in MLFLOW_TRACKING_CLIENT_CERT_PATH"))
        workspace = variables["MLFLOW_WORKSPACE"].map { $0.trimmingCharacters(in: .whitespaces) }
        if workspace?.isEmpty == true { workspace = nil }
    }

    private static func tls(_ variables: Variables) throws(RunServiceError) -> TLSOptions {
        let isInsecure = try variables.flag("MLFLOW_TRACKING_INSECURE_TLS")
        let authorities = variables["MLFLOW_TRACKING_SERVER_CERT_PATH"]
        if isInsecure && authorities != nil {
            throw RunServiceError(
                .invalid,
                "MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH contradict each other; unset one.")
        }
        return TLSOptions(
            authorities: isInsecure ? nil : authorities ?? variables.authorities,
            clientCertificate: variables["MLFLOW_TRACKING_CLIENT_CERT_PATH"], isInsecure: isInsecure)
    }

    private static func refuseOtherAuthentication(_ variables: Variables) throws(RunServiceError) {
        if try variables.flag("MLFLOW_TRACKING_AWS_SIGV4") {
            throw RunServiceError(
                .unsupported, "MLFLOW_TRACKING_AWS_SIGV4 is set, but requests can't be signed for AWS here; unset it.")
        }
        if let plugin = variables["MLFLOW_TRACKING_AUTH"] {
            throw RunServiceError(
                .unsupported,
                "MLFLOW_TRACKING_AUTH names \(Shown.text(plugin)), a plugin of MLflow's Python client; unset it and "
                    + "set MLFLOW_TRACKING_TOKEN instead.")
        }
    }
}

/// Environment variables; empty ones count as absent.
struct Variables {
    let all: [String: String]

    init(_ all: [String: String]) { self.all = all }

    subscript(name: String) -> String? { all[name].flatMap { $0.isEmpty ? nil : $0 } }

    var home: String { self["HOME"] ?? NSHomeDirectory() }

    /// The CA bundle that `requests` takes when it is told nothing else.
    var authorities: String? { self["REQUESTS_CA_BUNDLE"] ?? self["CURL_CA_BUNDLE"] }

    /// Throws `invalid` for what MLflow refuses as no truth value.
    func flag(_ name: String) throws(RunServiceError) -> Bool {
        switch self[name]?.lowercased() {
        case nil, "false", "0": return false
        case "true", "1": return true
        default: throw RunServiceError(.invalid, "\(name) must be true or false.")
        }
    }

    func path(_ text: String) -> String { text.hasPrefix("~/") ? home + text.dropFirst() : text }
}
