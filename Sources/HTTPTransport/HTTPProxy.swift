import Glibc
package import RunServices

/// The proxy that the environment asks for, by the rules of Python's `requests` (`requests/utils.py`).
package struct HTTPProxy: Sendable, Equatable {
    /// Without the brackets of an IPv6 address.
    package var host: String
    /// From 1 to 65535.
    package var port: Int
    /// What the proxy itself wants; nil for nothing.
    package var credentials: HTTPCredentials?
    /// The variable that named it.
    package var variable: String

    /// Host and port, as a person writes them.
    package var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
    /// As a sentence begins with it.
    var name: String { "The proxy \(Shown.text(authority))" }

    /// A proxy that the environment variable `variable` named.
    package init(host: String, port: Int, credentials: HTTPCredentials? = nil, variable: String) {
        self.host = host
        self.port = port
        self.credentials = credentials
        self.variable = variable
    }

    /// Nil when `address` is to be reached directly. Throws `invalid` for a proxy that cannot be used.
    package static func forAddress(
        _ address: HTTPAddress, environment: [String: String]
    ) throws(RunServiceError) -> HTTPProxy? {
        // The lower-case name wins, and switches the proxy off when it is empty.
        func named(_ name: String) -> (variable: String, text: String)? {
            if let text = environment[name] { return text.isEmpty ? nil : (name, text) }
            let upper = name.uppercased()
            return environment[upper].flatMap { $0.isEmpty ? nil : (upper, $0) }
        }
        guard let (variable, text) = named(address.isSecure ? "https_proxy" : "http_proxy") ?? named("all_proxy"),
            !isExempt(address, environment)
        else { return nil }
        let scheme = text.contains("://") ? text.prefix { $0 != ":" }.lowercased() : "http"
        guard scheme == "http" else {
            throw RunServiceError(
                .unsupported,
                "\(variable) names a proxy of the kind \(Shown.text(scheme)); only http:// proxies are supported.")
        }
        do throws(RunServiceError) {
            let proxy = try HTTPAddress(text.contains("://") ? text : "http://" + text)
            return HTTPProxy(host: proxy.host, port: proxy.port, credentials: proxy.credentials, variable: variable)
        } catch {
            throw RunServiceError(.invalid, "\(variable) names no proxy; write it like http://proxy.example.org:3128.")
        }
    }

    /// `NO_PROXY`: `*`, or hosts, which stand for the hosts below them too, and for IPv4 networks such as 10.0.0.0/8.
    private static func isExempt(_ address: HTTPAddress, _ environment: [String: String]) -> Bool {
        let list = [environment["no_proxy"], environment["NO_PROXY"]].compactMap { $0 }.first { !$0.isEmpty } ?? ""
        if list == "*" { return true }
        let host = address.host.lowercased()
        return list.lowercased().split(separator: ",").contains { entry in
            let entry = entry.filter { $0 != " " }
            if let number = number(ofAddress: host), let network = network(entry) {
                return number & network.mask == network.number & network.mask
            }
            let name = String(entry.drop { $0 == "." })
            return !name.isEmpty
                && [host, "\(host):\(address.port)"].contains { $0 == name || $0.hasSuffix("." + name) }
        }
    }

    private static func network(_ text: String) -> (number: UInt32, mask: UInt32)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = number(ofAddress: String(parts[0])), let bits = UInt32(parts[1]),
            (1...32).contains(bits)
        else { return nil }
        return (number, .max << (32 - bits))
    }

    /// Of an IPv4 address in dots.
    private static func number(ofAddress text: String) -> UInt32? {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1 ? UInt32(bigEndian: address.s_addr) : nil
    }
}
