extension MLflowLocation {
    /// Whether a text reads like the address of a server that lacks its `http://`: `host:5000`, `host:5000/path`,
    /// `[::1]:5000`, `//host`. A path may read so too.
    static func isServerWithoutScheme(_ text: String) -> Bool {
        if text.hasPrefix("//") { return text.dropFirst(2).first.map { $0 != "/" } ?? false }
        let authority = text.prefix { !"/?#".contains($0) }
        let host = authority[(authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex)...]
        guard let colon = host.lastIndex(of: ":") else { return false }
        let (name, port) = (host[..<colon], host[host.index(after: colon)...])
        guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        if name.hasPrefix("[") { return name.hasSuffix("]") }
        return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || ".-_".contains($0) }
    }
}
