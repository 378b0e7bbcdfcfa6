/// Reads the filters that run history's clients send.
/// ```
/// or         = and , { " or " , and } ;
/// and        = primary , { " and " , primary } ;
/// primary    = "(" , or , ")" | field , " " , operator , " " , literal ;
/// field      = name , [ "/" , key ] ;           (* a key runs to the next " operator " *)
/// literal    = '"' … '"' | "'" … "'" | "null" | bare ;
/// ```
/// Clients escape nothing. A quoted text therefore ends at the first quote that something can follow, and a bare one at
/// the next bracket or connective.
struct ODataParser {
    /// Why a text is no such filter.
    struct Malformed: Error, Equatable {
        /// What was expected, for a sentence.
        var expected: String
        /// Where, in bytes.
        var position: Int
    }

    private let bytes: [UInt8]
    private var position = 0

    /// A bound for the stack; clients nest five deep.
    private static let depthLimit = 64

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// What the text says; throws where it says nothing.
    static func parse(_ text: String) throws(Malformed) -> ODataExpression {
        var parser = ODataParser(text)
        let expression = try parser.or(depth: 0)
        parser.skipBlanks()
        guard parser.position == parser.bytes.count else {
            throw Malformed(expected: "the end, “and” or “or”", position: parser.position)
        }
        return expression
    }

    private mutating func or(depth: Int) throws(Malformed) -> ODataExpression {
        guard depth < Self.depthLimit else { throw Malformed(expected: "fewer brackets", position: position) }
        var parts = [try and(depth: depth)]
        while takeConnective("or") { parts.append(try and(depth: depth)) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func and(depth: Int) throws(Malformed) -> ODataExpression {
        var parts = [try primary(depth: depth)]
        while takeConnective("and") { parts.append(try primary(depth: depth)) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func primary(depth: Int) throws(Malformed) -> ODataExpression {
        skipBlanks()
        guard peek == UInt8(ascii: "(") else { return .comparison(try comparison()) }
        position += 1
        let inner = try or(depth: depth + 1)
        skipBlanks()
        guard peek == UInt8(ascii: ")") else { throw Malformed(expected: "a closing bracket", position: position) }
        position += 1
        return inner
    }

    private mutating func comparison() throws(Malformed) -> ODataComparison {
        let start = position
        while position < bytes.count {
            if peek == UInt8(ascii: " "), let comparator = comparator(at: position) {
                let field = Self.field(String(decoding: bytes[start..<position], as: UTF8.self))
                guard !field.name.isEmpty else { break }
                position += 4
                return ODataComparison(field: field, comparator: comparator, value: try literal())
            }
            position += 1
        }
        throw Malformed(expected: "a field and one of eq, ne, gt, ge, lt, le", position: start)
    }

    /// An operator with a blank on both sides.
    private func comparator(at index: Int) -> ODataComparator? {
        guard index + 3 < bytes.count, bytes[index + 3] == UInt8(ascii: " ") else { return nil }
        return ODataComparator(rawValue: String(decoding: bytes[index + 1..<index + 3], as: UTF8.self))
    }

    private static func field(_ text: String) -> ODataField {
        guard let slash = text.firstIndex(of: "/") else { return ODataField(name: text) }
        return ODataField(name: String(text[..<slash]), key: String(text[text.index(after: slash)...]))
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() { while peek == UInt8(ascii: " ") { position += 1 } }
}

extension ODataParser {
    private mutating func literal() throws(Malformed) -> ODataLiteral {
        skipBlanks()
        if let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = position + 1
            var end = start
            while end < bytes.count, bytes[end] != quote || !canEnd(at: end + 1) { end += 1 }
            guard end < bytes.count else { throw Malformed(expected: "a closing quote", position: start - 1) }
            position = end + 1
            return .text(String(decoding: bytes[start..<end], as: UTF8.self))
        }
        let start = position
        while !canEnd(at: position) {
            // All blanks at once: each would look over the rest of them again.
            if peek == UInt8(ascii: " ") { skipBlanks() } else { position += 1 }
        }
        var end = position
        while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        guard end > start else { throw Malformed(expected: "a value", position: start) }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return text == "null" ? .null : .text(text)
    }

    /// Whether a literal may end before `index`: at the end, a closing bracket or a connective.
    private func canEnd(at index: Int) -> Bool {
        guard index < bytes.count else { return true }
        var next = index
        while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
        if next == bytes.count || bytes[next] == UInt8(ascii: ")") { return true }
        return next > index && (starts(with: "and ", at: next) || starts(with: "or ", at: next))
    }

    private mutating func takeConnective(_ word: String) -> Bool {
        var next = position
        while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
        guard starts(with: word, at: next) else { return false }
        let end = next + word.utf8.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "(") else {
            return false
        }
        position = end
        return true
    }

    private func starts(with word: String, at index: Int) -> Bool { bytes[index...].starts(with: word.utf8) }
}
