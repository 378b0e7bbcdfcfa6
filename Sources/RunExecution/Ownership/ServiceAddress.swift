import FileAccess
import Glibc

/// The address of a run service, equal for all spellings that lead to one service.
///
/// A supervisor notes the address as it was given to it, and a dashboard on the same host may be given another one. Two
/// that are taken for one do no harm: the ids of runs differ, and a process is signalled only on proof.
package struct ServiceAddress: Hashable, Sendable {
    private let form: String

    /// Takes what `SupervisedRunService.address` says; looks at the file system where that is a path.
    package init(_ text: String) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let rest = text.dropFirst(scheme.count)
        switch scheme.prefix(while: { $0 != "+" }) {
        case "http" where rest.hasPrefix("://"), "https" where rest.hasPrefix("://"):
            form = "\(scheme)://" + Self.place(rest.dropFirst(3), usualPort: scheme == "https" ? "443" : "80")
        case "sqlite" where rest.hasPrefix(":///"):
            form = "sqlite:" + Self.resolved(PercentEncoding.decoded(rest.dropFirst(4)))
        case "file" where rest.hasPrefix(":///"):
            form = "file:" + Self.resolved(PercentEncoding.decoded(rest.dropFirst(3)))
        case _ where text.hasPrefix("/"): form = Self.resolved(text)
        default: form = text
        }
    }

    /// Host, port and path of a server. User and password tell none apart.
    private static func place(_ text: Substring, usualPort: String) -> String {
        let authority = text.prefix { !"/?#".contains($0) }
        var path = text.dropFirst(authority.count).prefix { !"?#".contains($0) }
        while path.hasSuffix("/") { path.removeLast() }
        var host = authority[(authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex)...]
        var port = Substring(usualPort)
        if let colon = host.lastIndex(of: ":"), host[colon...].allSatisfy({ $0 != "]" }) {
            if colon < host.index(before: host.endIndex) { port = host[host.index(after: colon)...] }
            host = host[..<colon]
        }
        let name = host.lowercased()
        let isHere = ["localhost", "[::1]", "0.0.0.0", "[::]"].contains(name) || name.hasPrefix("127.")
        return "\(isHere ? "localhost" : name):\(port)\(path)"
    }

    /// Where the path leads; as it is when there is nothing.
    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return FileAccess.absolute(path) }
        defer { free(found) }
        return String(cString: found)
    }
}
