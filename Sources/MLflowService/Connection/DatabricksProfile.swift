import FileAccess
import Foundation
import HTTPTransport
import RunServices

/// A Databricks workspace and its credentials, as `databricks-sdk` finds them for MLflow's client (`databricks/sdk/config.py`).
///
/// A variable wins over the profile's own value. Without a profile the variables count if they suffice by themselves,
/// and else the default profile does.
struct DatabricksProfile {
    private let values: [String: String]
    /// For sentences.
    private let origin: String

    /// `uri`: `databricks` or `databricks://PROFILE`.
    init(uri: String, _ variables: Variables) throws(RunServiceError) {
        let named = uri == "databricks" ? "" : String(uri.dropFirst("databricks://".count).prefix { $0 != "/" })
        if named.contains(":") {
            throw RunServiceError(
                .unsupported, "A Databricks secret scope can be read inside Databricks only; use databricks://PROFILE.")
        }
        let name = named.isEmpty ? variables["DATABRICKS_CONFIG_PROFILE"] : named
        let fromEnvironment = Self.environment(variables)
        if name == nil, Self.hasHostAndLogin(fromEnvironment) {
            (values, origin) = (fromEnvironment, "the DATABRICKS variables")
            return
        }
        let file = variables["DATABRICKS_CONFIG_FILE"] ?? "~/.databrickscfg"
        let sections = INIFile(path: variables.path(file))?.sections ?? [:]
        let profile = name ?? sections["__settings__"]?["default_profile"] ?? "DEFAULT"
        guard let section = sections[profile] else {
            throw RunServiceError(
                .invalid,
                "There is no profile `\(Shown.text(profile))` in \(Shown.text(file)); "
                    + "`databricks configure` writes it.")
        }
        origin = "the profile `\(Shown.text(profile))` in \(Shown.text(file))"
        values = name == nil ? section : section.merging(fromEnvironment) { $1 }
    }

    func transport(_ variables: Variables) throws(RunServiceError) -> HTTPTransportOptions {
        guard let host = value("host") else {
            throw RunServiceError(
                .invalid, "There is no host in \(origin); write one like https://NAME.cloud.databricks.com.")
        }
        var address = try HTTPAddress(host.contains("://") ? host : "https://" + host)
        address.path = ""
        let isInsecure = ["skip_verify", "insecure"].contains { ["true", "1"].contains(value($0)?.lowercased()) }
        return HTTPTransportOptions(
            address: address, credentials: try credentials(),
            tls: TLSOptions(authorities: isInsecure ? nil : variables.authorities, isInsecure: isInsecure),
            proxy: try HTTPProxy.forAddress(address, environment: variables.all),
            headers: value("workspace_id").map { [("X-Databricks-Org-Id", $0)] } ?? [],
            serverName: "The Databricks workspace",
            advice: HTTPAdvice(
                credentials: "a token in \(origin)", credentialsInUse: origin,
                authorities: "its CA bundle in REQUESTS_CA_BUNDLE"))
    }

    private func credentials() throws(RunServiceError) -> HTTPCredentials {
        let kind = value("auth_type")
        if let token = value("token"), kind == nil || kind == "pat" { return .bearer(token: token) }
        if let user = value("username"), let password = value("password"), kind == nil || kind == "basic" {
            return .basic(user: user, password: password)
        }
        throw RunServiceError(
            .unsupported, "There is no token in \(origin); only a token, or user and password, can be used.")
    }

    private func value(_ key: String) -> String? { values[key].flatMap { $0.isEmpty ? nil : $0 } }

    private static func hasHostAndLogin(_ values: [String: String]) -> Bool {
        values["host"] != nil && (values["token"] != nil || (values["username"] != nil && values["password"] != nil))
    }

    private static func environment(_ variables: Variables) -> [String: String] {
        var values: [String: String] = [:]
        for key in ["host", "token", "username", "password", "auth_type", "workspace_id"] {
            values[key] = variables["DATABRICKS_" + key.uppercased()]
        }
        return values
    }
}
