import FileAccess

/// Paths of artifacts as clients name them, refused where they might lead out (`validate_path_is_safe`).
enum ArtifactPath {
    /// The parts of a path that was decoded once. Throws `Invalid path`.
    static func checked(_ path: String) throws(MLflowFault) -> String {
        var decoded = path
        // Encoded twice, it may be decoded twice by whoever reads it next.
        for _ in 0..<10 {
            let next = PercentEncoding.decoded(decoded)
            if next == decoded { break }
            decoded = next
        }
        for form in [path, decoded] {
            let parts = form.split(separator: "/", omittingEmptySubsequences: false)
            let isAbsolute = form.hasPrefix("/") || form.hasPrefix("\\") || form.hasPrefix("file:") || hasDrive(form)
            if isAbsolute || form.contains("#") || parts.contains("..") || form.unicodeScalars.contains("\0") {
                throw .invalid("Invalid path")
            }
        }
        return path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private static func hasDrive(_ path: String) -> Bool {
        let start = Array(path.utf8.prefix(3))
        return start.count == 3 && start[1] == UInt8(ascii: ":") && UInt8(ascii: "A")...UInt8(ascii: "z") ~= start[0]
            && (start[2] == UInt8(ascii: "\\") || start[2] == UInt8(ascii: "/"))
    }
}
