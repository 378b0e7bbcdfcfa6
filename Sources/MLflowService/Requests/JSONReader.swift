import MLflowWire
import RunModel

/// Reads JSON (RFC 8259) where it lies, one value after the other, and makes texts only of what is asked for.
///
/// Foundation's decoder takes five times as long over a page of runs, and several times the page's memory. This one
/// gives up where anything is unusual (`Unreadable`); the caller then decodes with Foundation, which says what is wrong.
struct JSONReader {
    /// The bytes are not what was expected, or are no JSON.
    typealias Unreadable = JSONScalars.Malformed

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    /// Shares the texts that a page repeats.
    var pool = TextPool()

    /// Deeper values are left to Foundation: a bound for the stack.
    private static let depthLimit = 32

    /// `bytes` must stay where they are as long as this reader is used.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Calls `field` for each name in an object; it must take the value, or `skip` it.
    mutating func object(_ field: (inout JSONReader, _ name: StaticName) throws(Unreadable) -> Void) throws(Unreadable)
    {
        try take("{")
        if peek() == UInt8(ascii: "}") { return position += 1 }
        while true {
            let name = StaticName(bytes: try plainText())
            try take(":")
            try field(&self, name)
            if try isEnd(UInt8(ascii: "}")) { return }
        }
    }

    /// Calls `element` for each value of an array; it must take the value, or `skip` it.
    mutating func array(_ element: (inout JSONReader) throws(Unreadable) -> Void) throws(Unreadable) {
        try take("[")
        if peek() == UInt8(ascii: "]") { return position += 1 }
        while true {
            try element(&self)
            if try isEnd(UInt8(ascii: "]")) { return }
        }
    }

    /// Takes `null` if that is what comes.
    mutating func isNull() throws(Unreadable) -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    /// A text; nil for `null`.
    mutating func text() throws(Unreadable) -> String? {
        if try isNull() { return nil }
        return try string()
    }

    /// A 64-bit integer, which may be written as a text or with a fraction; nil for `null`.
    mutating func integer() throws(Unreadable) -> Int64? {
        if try isNull() { return nil }
        if peek() == UInt8(ascii: "\"") {
            guard let number = Int64(try string()) else { throw Unreadable() }
            return number
        }
        let digits = try numeral()
        if let number = Int64(digits) { return number }
        guard let number = Double(digits), number.isFinite else { throw Unreadable() }
        return Int64(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
    }

    /// A number, which may be a text such as `NaN`; nil for `null`.
    mutating func double() throws(Unreadable) -> Double? {
        if try isNull() { return nil }
        let isText = peek() == UInt8(ascii: "\"")
        guard let number = Double(isText ? try string() : try numeral()), isText || number.isFinite else {
            throw Unreadable()
        }
        return number
    }

    /// Passes over a value of any kind.
    mutating func skip(depth: Int = 0) throws(Unreadable) {
        guard depth < Self.depthLimit else { throw Unreadable() }
        switch peek() {
        case UInt8(ascii: "{"): try object { reader, _ throws(Unreadable) in try reader.skip(depth: depth + 1) }
        case UInt8(ascii: "["): try array { reader throws(Unreadable) in try reader.skip(depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: _ = try numeral()
        }
    }

    /// Throws when anything but white space follows.
    mutating func end() throws(Unreadable) { if peek() != nil { throw Unreadable() } }

    /// The next byte that is no white space; nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0a, 0x0d, 0x09: position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    mutating func take(_ character: Unicode.Scalar) throws(Unreadable) {
        guard peek() == UInt8(ascii: character) else { throw Unreadable() }
        position += 1
    }

    /// Takes a comma, or the end of what it separates; true for the end.
    private mutating func isEnd(_ closing: UInt8) throws(Unreadable) -> Bool {
        let next = peek()
        guard next == closing || next == UInt8(ascii: ",") else { throw Unreadable() }
        position += 1
        return next == closing
    }

    mutating func word(_ word: StaticString) throws(Unreadable) {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard position + expected.count <= bytes.count,
            bytes[position..<position + expected.count].elementsEqual(expected)
        else { throw Unreadable() }
        position += expected.count
    }
}
