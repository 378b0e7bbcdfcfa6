#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Other people's text inside our sentences.
package enum Shown {
    /// An absolute path with the home directory abbreviated; control characters become `?`.
    package static func path(_ path: String) -> String {
        var home = getenv("HOME").map { String(cString: $0) } ?? ""
        while home.hasSuffix("/") { home.removeLast() }
        let isBelow = !home.isEmpty && path.hasPrefix(home + "/")
        let short = isBelow ? "~" + path.dropFirst(home.count) : path
        return String(short.unicodeScalars.map { isControl($0) ? "?" : Character($0) })
    }

    /// Control characters become `?`, and a long text ends in an ellipsis.
    package static func text(_ text: String) -> String {
        let visible = text.unicodeScalars.prefix(80).map { scalar -> Character in
            isControl(scalar) ? "?" : Character(scalar)
        }
        return String(visible) + (text.unicodeScalars.count > 80 ? "…" : "")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
    }
}
