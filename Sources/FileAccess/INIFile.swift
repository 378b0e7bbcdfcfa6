import Glibc

/// A configuration file of `[section]` and `key = value`, as Python's configparser reads it; keys in lower case.
package struct INIFile {
    /// Values by section, then by key.
    package private(set) var sections: [String: [String: String]] = [:]

    /// Bytes; what is longer is no file that a person or a tool keeps settings in.
    private static let sizeLimit = 1 << 20

    /// Nil when there is no such file.
    package init?(path: String) {
        // The file itself may be a link.
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        guard let bytes = FileAccess.contents(String(cString: real), limit: Self.sizeLimit) else { return nil }
        self.init(text: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the text of such a file; lines that are neither a section, a key nor a continuation are passed over.
    package init(text: String) {
        var section = ""
        var key: String?
        var indentation = 0
        for raw in text.split(whereSeparator: \.isNewline) {
            let line = Self.trimmed(raw)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            let indent = raw.prefix { $0 == " " || $0 == "\t" }.count
            if let key, indent > indentation {
                sections[section]?[key]? += "\n" + line
                continue
            }
            indentation = indent
            if line.hasPrefix("["), let end = line.lastIndex(of: "]") {
                section = String(line[line.index(after: line.startIndex)..<end])
                sections[section] = sections[section] ?? [:]
                key = nil
            } else if let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
                let name = Self.trimmed(line[..<separator]).lowercased()
                sections[section, default: [:]][name] = String(Self.trimmed(line[line.index(after: separator)...]))
                key = name
            }
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
