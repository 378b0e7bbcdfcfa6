/// Reads a whole JSON text (RFC 8259) and the bare words NaN, Infinity and -Infinity, which Python writes and reads.
struct JSONValueReader {
    /// The bytes are no JSON, or nested too deeply.
    struct Malformed: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// A bound for the stack; no request of these protocols is a tenth as deep.
    private static let depthLimit = 64

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Nil for what is no JSON, or nested too deeply.
    static func value(of bytes: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        var reader = JSONValueReader(bytes)
        do throws(Malformed) {
            let value = try reader.value(depth: 0)
            return reader.peek() == nil ? value : nil
        } catch {
            return nil
        }
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONValue {
        guard depth < Self.depthLimit, let next = peek() else { throw Malformed() }
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .number(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .number(.infinity))
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSONObject {
        var object = JSONObject()
        position += 1
        if accept("}") { return object }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw Malformed() }
            let name = try text()
            guard accept(":") else { throw Malformed() }
            object.append(name, try value(depth: depth))
        } while accept(",")
        guard accept("}") else { throw Malformed() }
        return object
    }

    private mutating func array(depth: Int) throws(Malformed) -> [JSONValue] {
        var array: [JSONValue] = []
        position += 1
        if accept("]") { return array }
        repeat { array.append(try value(depth: depth)) } while accept(",")
        guard accept("]") else { throw Malformed() }
        return array
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Malformed) -> JSONValue {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: expected) else { throw Malformed() }
        position += expected.count
        return value
    }

    private mutating func number() throws(Malformed) -> JSONValue {
        let start = position
        if bytes[position] == UInt8(ascii: "-") {
            position += 1
            if peekHere() == UInt8(ascii: "I") { return try word("Infinity", .number(-.infinity)) }
        }
        let first = position
        var isInteger = true
        try digits()
        if bytes[first] == UInt8(ascii: "0"), position > first + 1 { throw Malformed() }
        if peekHere() == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits()
        }
        if let byte = peekHere(), byte | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if let sign = peekHere(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let numeral = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(numeral) { return .integer(integer) }
        guard let number = Double(numeral) else { throw Malformed() }
        return .number(number)
    }

    private mutating func digits() throws(Malformed) {
        let start = position
        while let byte = peekHere(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        if position == start { throw Malformed() }
    }

    private func peekHere() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The next byte that is no white space; nil at the end.
    private mutating func peek() -> UInt8? {
        while let byte = peekHere() {
            guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return byte }
            position += 1
        }
        return nil
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }
}

extension JSONValueReader {
    private mutating func text() throws(Malformed) -> String {
        position += 1
        let start = position
        while let byte = peekHere() {
            switch byte {
            case UInt8(ascii: "\""):
                let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
                position += 1
                guard let valid = String(validating: text, as: UTF8.self) else { throw Malformed() }
                return valid
            case UInt8(ascii: "\\"): return try escapedText(from: start)
            case 0..<0x20: throw Malformed()
            default: position += 1
            }
        }
        throw Malformed()
    }

    private mutating func escapedText(from start: Int) throws(Malformed) -> String {
        var text = Array(bytes[start..<position])
        while let byte = peekHere() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else { throw Malformed() }
                return valid
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        throw Malformed()
    }

    private mutating func escape() throws(Malformed) -> Unicode.Scalar {
        guard let byte = peekHere() else { throw Malformed() }
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
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // Half a pair of surrogates stands for nothing alone.
            guard unit < 0xdc00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
                return "\u{fffd}"
            }
            position += 2
            let second = try codeUnit()
            guard (0xdc00..<0xe000).contains(second) else { return "\u{fffd}" }
            return Unicode.Scalar(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00)) ?? "\u{fffd}"
        default: throw Malformed()
        }
    }

    private mutating func codeUnit() throws(Malformed) -> UInt32 {
        guard position + 4 <= bytes.count else { throw Malformed() }
        let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }), let unit = UInt32(digits, radix: 16) else {
            throw Malformed()
        }
        position += 4
        return unit
    }
}
