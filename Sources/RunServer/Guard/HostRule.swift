/// Which names of this server a browser may use: a page from elsewhere can make a name of its own point here, and
/// its scripts would then be taken for this server's (DNS rebinding).
package struct HostRule: Sendable {
    private let bound: String
    private let takesAny: Bool

    /// - Parameter bound: the host that the server listens on, as its user named it.
    /// - Parameter hasTokens: without a token no page gets anywhere, so that a server which is reached under names that
    ///   it does not know can take any.
    package init(bound: String, hasTokens: Bool) {
        self.bound = bound.lowercased()
        takesAny = hasTokens && !Self.isLoopback(bound)
    }

    /// Whether a Host header may name this server so.
    package func allows(authority: String?) -> Bool {
        if takesAny { return true }
        guard let host = authority.flatMap(Self.host) else { return false }
        return Self.isLoopback(host) || host == bound
    }

    /// Whether a page of `origin` may change something on the server that it knows as `authority`.
    package func allows(origin: String?, authority: String?) -> Bool {
        guard let origin else { return true }
        guard let authority, let mark = origin.firstRange(of: "://") else { return false }
        return origin[mark.upperBound...].lowercased() == authority.lowercased()
    }

    /// Whether only this machine reaches a server on `host`.
    package static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Without the port, in lower case; nil for what names no host.
    private static func host(of authority: String) -> String? {
        let authority = authority.lowercased()
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, !host.isEmpty else { return nil }
        return String(host)
    }
}
