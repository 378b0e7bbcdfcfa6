import Foundation
package import RunServices

/// Where a service lives: an `http` or `https` address, taken apart.
package struct HTTPAddress: Sendable, Equatable {
    /// Whether it begins with `https`.
    package var isSecure: Bool
    /// Without the brackets of an IPv6 address.
    package var host: String
    /// From 1 to 65535; the usual port of http or https where the text names none.
    package var port: Int
    /// Percent-encoded, with a leading slash and no trailing one; empty for the root.
    package var path: String
    /// User and password before the `@`; kept out of every text. As in Python's `requests`, a user alone is none.
    package var credentials: HTTPCredentials?
    /// Whether anything at all stood before an `@`, which may be a secret.
    package var hasUserInfo: Bool

    /// Throws `invalid` for what is no such address; the text, which may hold a password, is not in the error.
    package init(_ text: String) throws(RunServiceError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.encodedHost, !host.isEmpty,
            // Beyond that, no socket takes it.
            (1...65_535).contains(parts.port ?? 80)
        else {
            throw RunServiceError(
                .invalid, "This is no address of a server; write it like https://mlflow.example.org.")
        }
        isSecure = scheme == "https"
        self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        port = parts.port ?? (isSecure ? 443 : 80)
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
        hasUserInfo = parts.user != nil || parts.password != nil
        if let user = parts.user, let password = parts.password, !(user.isEmpty && password.isEmpty) {
            credentials = .basic(user: user, password: password)
        }
    }

    /// Host and port as a person writes them; the port only where it says something.
    package var authority: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? host : "\(host):\(port)"
    }

    /// Scheme, host and port.
    var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

    /// The whole address without credentials.
    package var text: String { origin + path }
}
