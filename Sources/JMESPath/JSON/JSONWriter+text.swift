extension JSONWriter {
    /// Appends a text in its quotes.
    package static func append(_ text: String, escaping: Escaping, to output: inout [UInt8]) {
        var text = text
        output.append(UInt8(ascii: "\""))
        // Most texts need no escape, and go out as the bytes they are.
        let isPlain = text.withUTF8 { bytes in
            for byte in bytes where byte &- 0x20 >= 0x5F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                return false
            }
            output.append(contentsOf: bytes)
            return true
        }
        if !isPlain { appendEscaped(text, escaping, to: &output) }
        output.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ text: String, _ escaping: Escaping, to output: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += #"\""#.utf8
            case "\\": output += #"\\"#.utf8
            case "\u{8}": output += #"\b"#.utf8
            case "\u{C}": output += #"\f"#.utf8
            case "\n": output += #"\n"#.utf8
            case "\r": output += #"\r"#.utf8
            case "\t": output += #"\t"#.utf8
            case " "..."~": output.append(UInt8(ascii: scalar))
            default:
                if isEscaped(scalar, escaping) {
                    for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() { appendEscape(unit, to: &output) }
                } else {
                    output += UTF8.encode(scalar) ?? UTF8.EncodedScalar()
                }
            }
        }
    }

    /// For what is not printable ASCII.
    private static func isEscaped(_ scalar: Unicode.Scalar, _ escaping: Escaping) -> Bool {
        if escaping == .nonASCII || scalar.value < 0xA0 { return true }
        switch scalar.properties.generalCategory {
        // Emoji and several scripts are joined by U+200D, and not joined by U+200C.
        case .format: return scalar != "\u{200C}" && scalar != "\u{200D}"
        case .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    private static func appendEscape(_ unit: UInt16, to output: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        output += #"\u"#.utf8
        output += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
        output += digits.utf8
    }
}
