import Foundation

/// A configuration file of `[section]` and `key = value`, as Python's configparser reads it; keys in lower case.
package struct INIFile {
    /// Values by section, then by key.
    package private(set) var sections: [String: [String: String]] = [:]

    /// Nil when there is no such file.
    init?(path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        self.init(text: text)
    }

    /// Reads the text of such a file; lines that are neither a section, a key nor a continuation are passed over.
    package init(text: String) {
        var section = ""
        var key: String?
        var indentation = 0
        for raw in text.split(whereSeparator: \.isNewline) {
            let line = raw.trimmingCharacters(in: .whitespaces)
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
                let name = line[..<separator].trimmingCharacters(in: .whitespaces).lowercased()
                sections[section, default: [:]][name] =
                    line[line.index(after: separator)...].trimmingCharacters(in: .whitespaces)
                key = name
            }
        }
    }
}
