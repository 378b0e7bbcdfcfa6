extension JSONWriter {
    mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
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
                if isEscaped(scalar) {
                    for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() { writeEscape(unit) }
                } else {
                    output += UTF8.encode(scalar) ?? UTF8.EncodedScalar()
                }
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// For what is not printable ASCII.
    private func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        if escaping == .nonASCII || scalar.value < 0xA0 { return true }
        switch scalar.properties.generalCategory {
        // Emoji and several scripts are joined by U+200D, and not joined by U+200C.
        case .format: return scalar != "\u{200C}" && scalar != "\u{200D}"
        case .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    private mutating func writeEscape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        output += #"\u"#.utf8
        output += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
        output += digits.utf8
    }
}
