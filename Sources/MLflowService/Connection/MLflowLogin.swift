import FileAccess
import Foundation
import HTTPTransport

/// The credentials that MLflow's own client would send to a server, and where it would find them.
struct MLflowLogin {
    var credentials: HTTPCredentials
    /// For sentences.
    var origin: String

    /// `requests` puts a netrc file before what the address carries, and both before the header that MLflow makes, in
    /// which user and password come before a token.
    init?(_ address: HTTPAddress, _ variables: Variables) {
        if let login = Self.netrc(address.host, variables) {
            self = login
        } else if let credentials = address.credentials {
            self.init(credentials: credentials, origin: "its address")
        } else if let login = Self.userAndPassword(variables) {
            self = login
        } else if let token = variables["MLFLOW_TRACKING_TOKEN"] {
            self.init(credentials: .bearer(token: token), origin: "MLFLOW_TRACKING_TOKEN")
        } else {
            return nil
        }
    }

    private init(credentials: HTTPCredentials, origin: String) {
        self.credentials = credentials
        self.origin = origin
    }

    /// `NETRC`, or the first of `~/.netrc` and `~/_netrc` that exists.
    private static func netrc(_ host: String, _ variables: Variables) -> MLflowLogin? {
        let names = variables["NETRC"].map { [$0] } ?? ["~/.netrc", "~/_netrc"]
        guard let name = names.first(where: { FileManager.default.fileExists(atPath: variables.path($0)) }),
            let text = try? String(contentsOfFile: variables.path(name), encoding: .utf8),
            let entry = NetrcFile(text: text)[host], entry != NetrcFile.Entry()
        else { return nil }
        let user = entry.login.isEmpty ? entry.account : entry.login
        return MLflowLogin(credentials: .basic(user: user, password: entry.password), origin: name)
    }

    /// Each of the two from the environment, else from the credentials file.
    private static func userAndPassword(_ variables: Variables) -> MLflowLogin? {
        let file = "~/.mlflow/credentials"
        let sections = INIFile(path: variables.path(file))?.sections ?? [:]
        func value(_ name: String) -> (text: String, origin: String)? {
            if let text = variables[name] { return (text, name) }
            let key = name.lowercased()
            guard let section = sections["mlflow"], let text = section[key] ?? sections["DEFAULT"]?[key], !text.isEmpty
            else { return nil }
            // configparser's way to write a per cent sign.
            return (text.replacingOccurrences(of: "%%", with: "%"), file)
        }
        guard let user = value("MLFLOW_TRACKING_USERNAME"), let password = value("MLFLOW_TRACKING_PASSWORD") else {
            return nil
        }
        let origins = user.origin == password.origin ? [user.origin] : [user.origin, password.origin]
        return MLflowLogin(
            credentials: .basic(user: user.text, password: password.text), origin: origins.joined(separator: " and "))
    }
}
