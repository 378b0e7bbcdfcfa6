import RunModel

/// Texts and numbers, byte by byte.
extension JSONReader {
    /// A name in an object, as it stands there.
    struct StaticName {
        let bytes: UnsafeBufferPointer<UInt8>

        static func ~= (pattern: StaticString, name: StaticName) -> Bool {
            name.bytes.elementsEqual(UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount))
        }
    }

    /// The bytes between two quotes where all of them are ASCII and none is escaped.
    mutating func plainText() throws(Unreadable) -> UnsafeBufferPointer<UInt8> {
        try take("\"")
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return UnsafeBufferPointer(rebasing: bytes[start..<position - 1])
            case UInt8(ascii: "\\"), 0..<0x20, 0x80...: throw Unreadable()
            default: position += 1
            }
        }
        throw Unreadable()
    }

    /// A text, with or without escapes.
    mutating func string() throws(Unreadable) -> String {
        try take("\"")
        let start = position
        var isASCII = true
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
                position += 1
                if isASCII { return pool.text(text) }
                guard let valid = String(validating: text, as: UTF8.self) else { throw Unreadable() }
                return valid
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw Unreadable()
            default:
                if byte >= 0x80 { isASCII = false }
                position += 1
            }
        }
        throw Unreadable()
    }

    /// A text with escapes, the first of which is at the position.
    private mutating func escapedString(from start: Int) throws(Unreadable) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else { throw Unreadable() }
                return valid
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            case 0..<0x20: throw Unreadable()
            default: text.append(byte)
            }
        }
        throw Unreadable()
    }

    private mutating func escape() throws(Unreadable) -> Unicode.Scalar {
        guard position < bytes.count else { throw Unreadable() }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            guard (0xd800..<0xdc00).contains(unit) else {
                guard let scalar = Unicode.Scalar(unit) else { throw Unreadable() }
                return scalar
            }
            // The first half of a pair of surrogates.
            try word("\\u")
            let second = try codeUnit()
            guard (0xdc00..<0xe000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00))
            else { throw Unreadable() }
            return scalar
        default: throw Unreadable()
        }
    }

    private mutating func codeUnit() throws(Unreadable) -> UInt32 {
        guard position + 4 <= bytes.count else { throw Unreadable() }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw Unreadable()
            }
        }
        position += 4
        return unit
    }

    /// A number by the grammar, which is stricter than `Double.init`.
    mutating func numeral() throws(Unreadable) -> String {
        _ = peek()
        let start = position
        _ = accept("-")
        if !accept("0") { try digits() }
        if accept(".") { try digits() }
        if accept("e") || accept("E") {
            if !accept("+") { _ = accept("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func digits() throws(Unreadable) {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        if position == start { throw Unreadable() }
    }
}
