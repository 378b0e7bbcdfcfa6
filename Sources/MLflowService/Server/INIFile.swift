import Foundation

/// A configuration file of `[section]` and `key = value`, as Python's configparser reads it; keys in lower case.
struct INIFile {
    private(set) var sections: [String: [String: String]] = [:]

    /// Nil when there is no such file.
    init?(path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        var section = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
            } else if let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
                let key = line[..<separator].trimmingCharacters(in: .whitespaces).lowercased()
                let value = line[line.index(after: separator)...].trimmingCharacters(in: .whitespaces)
                if !value.isEmpty { sections[section, default: [:]][key] = value }
            }
        }
    }
}
