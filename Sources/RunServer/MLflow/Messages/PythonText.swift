/// Texts as Python treats them, where clients see it.
enum PythonText {
    /// What `repr` shows.
    static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
        if escaped.contains("'") && !escaped.contains("\"") { return "\"\(escaped)\"" }
        return "'\(escaped.replacing("'", with: "\\'"))'"
    }

    /// What `posixpath.normpath` makes of a path.
    static func normalPath(_ path: String) -> String {
        if path.isEmpty { return "." }
        // Two leading slashes stay, three are one.
        let root = !path.hasPrefix("/") ? "" : path.hasPrefix("//") && !path.hasPrefix("///") ? "//" : "/"
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part != ".." || root.isEmpty && parts.last ?? ".." == ".." {
                parts.append(part)
            } else {
                _ = parts.popLast()
            }
        }
        let normal = root + parts.joined(separator: "/")
        return normal.isEmpty ? "." : normal
    }
}
