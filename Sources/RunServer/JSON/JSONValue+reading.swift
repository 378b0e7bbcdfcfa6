import MLflowWire

/// Reads a whole JSON text (RFC 8259) and the bare words NaN, Infinity and -Infinity, which Python writes and reads.
struct JSONValueReader {
    /// The bytes are no JSON, or nested too deeply.
    typealias Malformed = JSONScalars.Malformed

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
        if bytes[position...].starts(with: [UInt8(ascii: "-"), UInt8(ascii: "I")]) {
            position += 1
            return try word("Infinity", .number(-.infinity))
        }
        let numeral = try JSONScalars.numeral(in: bytes, at: &position)
        if numeral.isInteger, let integer = Int64(numeral.text) { return .integer(integer) }
        guard let number = Double(numeral.text) else { throw Malformed() }
        return .number(number)
    }

    private mutating func text() throws(Malformed) -> String {
        switch try JSONScalars.text(in: bytes, at: &position, loneSurrogate: .isReplaced) {
        case .plain(let text): String(decoding: text, as: UTF8.self)
        case .other(let text): text
        }
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
