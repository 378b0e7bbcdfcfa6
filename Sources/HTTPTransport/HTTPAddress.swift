import Foundation
package import RunServices

/// Where a service lives: an `http` or `https` address, taken apart.
package struct HTTPAddress: Sendable, Equatable {
    package var isSecure: Bool
    /// Without the brackets of an IPv6 address.
    package var host: String
    package var port: Int
    /// Percent-encoded, with a leading slash and no trailing one; empty for the root.
    package var path: String
    /// What the address carried before its `@`; kept out of every text.
    package var credentials: HTTPCredentials?

    /// Throws `invalid` for what is no such address.
    package init(_ text: String) throws(RunServiceError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty
        else {
            throw RunServiceError(
                .invalid, "This is no address of a server; write it like https://mlflow.example.org.")
        }
        isSecure = scheme == "https"
        self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        port = parts.port ?? (isSecure ? 443 : 80)
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
        if let user = parts.user, !user.isEmpty {
            credentials = .basic(user: user, password: parts.password ?? "")
        }
    }

    /// Host and port as a person writes them; the port only where it says something.
    package var authority: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? host : "\(host):\(port)"
    }

    /// The whole address without credentials.
    package var text: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}
