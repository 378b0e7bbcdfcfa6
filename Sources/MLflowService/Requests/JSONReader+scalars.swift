import MLflowWire
import RunModel

/// Texts and numerals.
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
        guard case .plain(let text) = try scalar() else { throw Unreadable() }
        return text
    }

    /// A text, with or without escapes.
    mutating func string() throws(Unreadable) -> String {
        switch try scalar() {
        case .plain(let text): pool.text(text)
        case .other(let text): text
        }
    }

    private mutating func scalar() throws(Unreadable) -> JSONScalars.Text {
        _ = peek()
        return try JSONScalars.text(in: bytes, at: &position, loneSurrogate: .isMalformed)
    }

    /// A number by the grammar, which is stricter than `Double.init`.
    mutating func numeral() throws(Unreadable) -> String {
        _ = peek()
        return try JSONScalars.numeral(in: bytes, at: &position).text
    }
}
