package import RunServices

/// The proxy that the environment asks for, by the conventions of curl and of Python's `requests`.
package struct HTTPProxy: Sendable, Equatable {
    package var host: String
    package var port: Int
    package var credentials: HTTPCredentials?

    /// Nil when `address` is to be reached directly. Throws `invalid` for a proxy that cannot be used.
    package static func forAddress(
        _ address: HTTPAddress, environment: [String: String]
    ) throws(RunServiceError) -> HTTPProxy? {
        func value(_ name: String) -> String? {
            [environment[name.lowercased()], environment[name]].compactMap { $0 }.first { !$0.isEmpty }
        }
        // Upper-case HTTP_PROXY is a header of CGI requests in a server, which runwatch is not.
        let name = address.isSecure ? "HTTPS_PROXY" : "HTTP_PROXY"
        guard let text = value(name) ?? value("ALL_PROXY"), !isExempt(address, from: value("NO_PROXY") ?? "") else {
            return nil
        }
        let proxy: HTTPAddress
        do throws(RunServiceError) {
            proxy = try HTTPAddress(text.contains("://") ? text : "http://" + text)
        } catch {
            throw RunServiceError(.invalid, "\(name) names no proxy; write it like http://proxy.example.org:3128.")
        }
        if proxy.isSecure {
            throw RunServiceError(.invalid, "\(name) names a proxy spoken to by https; only http:// is supported.")
        }
        return HTTPProxy(host: proxy.host, port: proxy.port, credentials: proxy.credentials)
    }

    /// `NO_PROXY`: names that match themselves and what ends in them, `*` for all, each perhaps with a port.
    private static func isExempt(_ address: HTTPAddress, from list: String) -> Bool {
        let host = address.host.lowercased()
        return list.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
            if entry == "*" { return true }
            var name = String(entry)
            if name.filter({ $0 == ":" }).count == 1, let colon = name.firstIndex(of: ":") {
                guard Int(name[name.index(after: colon)...]) == address.port else { return false }
                name = String(name[..<colon])
            }
            while name.hasPrefix("*") || name.hasPrefix(".") { name.removeFirst() }
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }
}
