/// Reads a filter's text byte by byte; positions are UTF-8 offsets, errors are in Characters.
struct FilterScanner {
    private let text: String
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) {
        self.text = text
        self.bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }
    var end: Int { bytes.count }
    var next: UInt8? { byte(at: position) }

    func byte(at offset: Int) -> UInt8? { offset >= 0 && offset < bytes.count ? bytes[offset] : nil }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    mutating func advance(by count: Int = 1) { position = min(bytes.count, position + count) }

    mutating func rewind(to offset: Int) { position = offset }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func skipWhitespace() {
        while case let length = whitespaceLength(at: position), length > 0 { position += length }
    }

    /// Bytes of the white space at `offset`, 0 when there is none. The two beyond ASCII are what gets pasted.
    func whitespaceLength(at offset: Int) -> Int {
        switch byte(at: offset) {
        case 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D: 1
        case 0xC2 where byte(at: offset + 1) == 0xA0: 2  // no-break space
        case 0xE3 where byte(at: offset + 1) == 0x80 && byte(at: offset + 2) == 0x80: 3  // ideographic space
        default: 0
        }
    }

    /// Takes everything up to white space or a byte that `stops`.
    mutating func takeWord(until stops: (FilterScanner) -> Bool) -> Range<Int> {
        let start = position
        while !isAtEnd, whitespaceLength(at: position) == 0, !stops(self) { position += 1 }
        return start..<position
    }

    /// The word at the current position, in lower case, when it is made of ASCII letters only; takes nothing.
    func keyword() -> (text: String, end: Int)? {
        var offset = position
        while let byte = byte(at: offset), (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "z") {
            offset += 1
        }
        // Followed by what could go on a word, it is part of a longer one.
        guard offset > position else { return nil }
        if whitespaceLength(at: offset) == 0, let after = byte(at: offset), !FilterScanner.isTermEnd(after) {
            return nil
        }
        return (string(position..<offset).lowercased(), offset)
    }

    /// Takes a quoted text; nil when it has no end.
    ///
    /// In single and double quotes a doubled quote or one after a backslash does not end the text and stands for both
    /// characters, unless the text would then not end at all: that is how MLflow reads them. In backticks, which MLflow
    /// does not allow around values, a doubled backtick stands for one, so that every text can be written.
    mutating func takeQuoted() -> String? {
        guard let mark = next else { return nil }
        let start = position + 1
        var offset = start
        var fallback: Int?
        while let byte = byte(at: offset) {
            if byte == mark {
                guard self.byte(at: offset + 1) == mark else { return content(start..<offset, mark: mark) }
                if fallback == nil || mark != FilterScanner.backtick { fallback = offset }
                offset += 2
            } else if byte == UInt8(ascii: "\\"), mark != FilterScanner.backtick, self.byte(at: offset + 1) == mark {
                fallback = offset + 1
                offset += 2
            } else {
                offset += 1
            }
        }
        guard mark != FilterScanner.backtick, let fallback else { return nil }
        return content(start..<fallback, mark: mark)
    }

    private mutating func content(_ range: Range<Int>, mark: UInt8) -> String {
        position = range.upperBound + 1
        guard mark == FilterScanner.backtick else { return string(range) }
        var kept: [UInt8] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            kept.append(bytes[offset])
            offset += bytes[offset] == mark ? 2 : 1
        }
        return String(decoding: kept, as: UTF8.self)
    }

    static let backtick = UInt8(ascii: "`")

    static func isQuote(_ byte: UInt8?) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == backtick
    }

    static func isOperatorStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "~"),
            UInt8(ascii: "!"):
            true
        default: false
        }
    }

    private static func isTermEnd(_ byte: UInt8) -> Bool {
        isOperatorStart(byte) || isQuote(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
    }

    func error(_ message: String, _ range: Range<Int>) -> FilterSyntaxError {
        var start = 0
        var end = 0
        var consumed = 0
        // A Character that is only partly in the range counts as in it.
        for character in text {
            let next = consumed + character.utf8.count
            if next <= range.lowerBound { start += 1 }
            if consumed < range.upperBound { end += 1 }
            consumed = next
        }
        return FilterSyntaxError(message: message, range: start..<max(start, end))
    }
}
