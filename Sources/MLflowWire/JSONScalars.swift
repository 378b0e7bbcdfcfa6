/// Reads the texts and numerals of JSON (RFC 8259) where they lie, for every reader of ours.
package enum JSONScalars {
    /// The bytes are no text or numeral.
    package struct Malformed: Error {
        /// Says no more: who reads knows where.
        package init() {}
    }

    /// A text: still where it lies as long as it is plain.
    package enum Text {
        /// ASCII without escapes, between its quotes.
        case plain(UnsafeBufferPointer<UInt8>)
        /// Anything else.
        case other(String)
    }

    /// What half a pair of surrogates stands for, which alone means nothing.
    package enum LoneSurrogate: Sendable {
        case isMalformed
        /// U+FFFD.
        case isReplaced
    }

    /// Takes a text whose opening quote is at `position`.
    package static func text(
        in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int, loneSurrogate: LoneSurrogate
    ) throws(Malformed) -> Text {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw Malformed() }
        position += 1
        let start = position
        var isASCII = true
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
                position += 1
                if isASCII { return .plain(text) }
                guard let valid = String(validating: text, as: UTF8.self) else { throw Malformed() }
                return .other(valid)
            case UInt8(ascii: "\\"):
                return .other(try escapedText(in: bytes, from: start, at: &position, loneSurrogate))
            case 0..<0x20: throw Malformed()
            default:
                if byte >= 0x80 { isASCII = false }
                position += 1
            }
        }
        throw Malformed()
    }

    /// A text with escapes, the first of which is at `position`.
    private static func escapedText(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, at position: inout Int, _ loneSurrogate: LoneSurrogate
    ) throws(Malformed) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else { throw Malformed() }
                return valid
            case UInt8(ascii: "\\"):
                text.append(contentsOf: UTF8.encode(try escape(in: bytes, at: &position, loneSurrogate)) ?? .init())
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        throw Malformed()
    }

    private static func escape(
        in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int, _ loneSurrogate: LoneSurrogate
    ) throws(Malformed) -> Unicode.Scalar {
        guard position < bytes.count else { throw Malformed() }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw Malformed()
        }
        let unit = try codeUnit(in: bytes, at: &position)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xdc00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            var next = position + 2
            let second = try codeUnit(in: bytes, at: &next)
            if (0xdc00..<0xe000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00))
            {
                position = next
                return scalar
            }
        }
        // What follows half a pair stands for itself.
        guard case .isReplaced = loneSurrogate else { throw Malformed() }
        return "\u{fffd}"
    }

    private static func codeUnit(
        in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int
    ) throws(Malformed) -> UInt32 {
        guard position + 4 <= bytes.count else { throw Malformed() }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw Malformed()
            }
        }
        position += 4
        return unit
    }
}
