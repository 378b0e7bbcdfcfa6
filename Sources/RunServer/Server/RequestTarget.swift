package import Hummingbird

extension Request {
    /// The path, percent-encoded as it came.
    package var rawPath: Substring {
        let target = head.path ?? "/"
        return target.prefix { $0 != "?" }
    }

    /// Names and values behind the `?`, decoded as forms are: `+` is a space. In their order, with repetitions.
    package var queryItems: [(name: String, value: String)] {
        guard let target = head.path, let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormEncoding.decoded(parts[0]), parts.count > 1 ? FormEncoding.decoded(parts[1]) : "")
        }
    }

    /// Where the client finds this server, as it wrote it itself; nil where it did not say.
    package func ownAddress(isSecure: Bool) -> String? {
        guard let authority = head.authority, !authority.isEmpty else { return nil }
        return "\(isSecure ? "https" : "http")://\(authority)"
    }
}
