/// Reads JSON from UTF-8, keeping the order of keys and every digit of integers.
///
/// Reads also what Python writes for numbers that are not finite: `NaN`, `Infinity`, `-Infinity`. Where a key comes twice,
/// the last value counts, in the place of the first.
package struct JSONReader {
    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// One value, with nothing but white space around it.
    package static func read(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value()
        reader.skipWhitespace()
        if reader.next != nil { throw reader.error("the value ends before this") }
        return value
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(reason, at: position, of: bytes) }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func take(word: StaticString) -> Bool {
        let isHere = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if isHere { position += word.utf8CodeUnitCount }
        return isHere
    }

    private mutating func skipWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipWhitespace()
        switch next {
        case UInt8(ascii: "{"): return try nested { (reader) throws(JSONSyntaxError) in try reader.object() }
        case UInt8(ascii: "["): return try nested { (reader) throws(JSONSyntaxError) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case nil: throw error("a value is missing")
        default:
            if take(word: "null") { return .null }
            if take(word: "true") { return .bool(true) }
            if take(word: "false") { return .bool(false) }
            return .number(try number())
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONSyntaxError) -> JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        if depth == Limits.valueDepth {
            let reason = "values are nested more than \(Limits.valueDepth) deep"
            throw JSONSyntaxError(reason, at: position, of: bytes, isTooDeep: true)
        }
        depth += 1
        defer { depth -= 1 }
        position += 1
        skipWhitespace()
        return try read(&self)
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var elements: [JSONValue] = []
        if take("]") { return .array(elements) }
        repeat { elements.append(try value()) } while try continues(until: "]")
        return .array(elements)
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var members = JSONObject()
        if take("}") { return .object(members) }
        repeat {
            skipWhitespace()
            guard next == UInt8(ascii: "\"") else { throw error("a key in double quotes is missing") }
            let key = try string()
            skipWhitespace()
            guard take(":") else { throw error("':' is missing after the key") }
            members[key] = try value()
        } while try continues(until: "}")
        return .object(members)
    }

    private mutating func continues(until end: Unicode.Scalar) throws(JSONSyntaxError) -> Bool {
        skipWhitespace()
        if take(",") { return true }
        guard take(end) else { throw error("',' or '\(end)' is missing") }
        return false
    }
}
