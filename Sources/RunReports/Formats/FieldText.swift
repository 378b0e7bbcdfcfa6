import RunServices

/// One field of a row, as a format writes it so that it reads back.
package enum FieldText {
    /// Quoted where RFC 4180 asks for it, and nothing else is changed.
    package static func csv(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A tab, a line break or a backslash in a field becomes `\t`, `\n`, `\r`, `\\`: a field is never two.
    package static func tsv(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x5C, 0x09, 0x0A, 0x0D].contains($0) }) else { return text }
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
            case "\t": escaped.append(contentsOf: "\\t".unicodeScalars)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\r": escaped.append(contentsOf: "\\r".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// A cell of a table that shows what was written: nothing in it is taken for Markdown or HTML.
    package static func markdown(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if "\\`*_{}[]<>|~&".unicodeScalars.contains(scalar) { escaped.append("\\") }
            if scalar == "\n" || scalar == "\r" || scalar == "\t" {
                escaped.append(" ")
            } else {
                escaped.append(Shown.isHidden(scalar) ? "?" : scalar)
            }
        }
        return String(escaped)
    }
}
