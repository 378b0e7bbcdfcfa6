/// The fields of a message in protocol buffers' wire format, one after the other, without copies.
///
/// Ends at the first thing that is no field; what came before it counts.
struct WireReader {
    /// One field as the wire has it.
    struct Field {
        enum Value {
            case number(UInt64)
            case bytes(Range<Int>)
        }

        let number: UInt64
        let value: Value

        /// Of a text, a message or packed numbers; empty for a number.
        var range: Range<Int> { if case .bytes(let range) = value { range } else { 0..<0 } }
        /// Of a varint or a fixed number; nil for bytes.
        var bits: UInt64? { if case .number(let bits) = value { bits } else { nil } }
        /// The same bits as a number of eight bytes.
        var double: Double? { bits.map(Double.init(bitPattern:)) }
    }

    let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// Reads a message that is a part of `bytes`.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = max(0, range.lowerBound)
        end = min(bytes.count, range.upperBound)
    }

    var isAtEnd: Bool { position >= end }

    mutating func next() -> Field? {
        guard let tag = varint(), tag >> 3 > 0 else { return nil }
        switch tag & 7 {
        case 0: return varint().map { Field(number: tag >> 3, value: .number($0)) }
        case 1: return fixed(8).map { Field(number: tag >> 3, value: .number($0)) }
        case 2:
            guard let length = varint(), length <= UInt64(end - position) else { return nil }
            let range = position..<position + Int(length)
            position = range.upperBound
            return Field(number: tag >> 3, value: .bytes(range))
        case 5: return fixed(4).map { Field(number: tag >> 3, value: .number($0)) }
        default: return nil
        }
    }

    /// At most ten bytes, as the format has it; what does not fit 64 bits is cut off.
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    mutating func fixed(_ count: Int) -> UInt64? {
        guard end - position >= count else { return nil }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
        position += count
        return value
    }

    /// The text of a range; nil for one that is too long to be of use.
    func text(_ range: Range<Int>, limit: Int) -> String? {
        range.count > limit ? nil : String(decoding: bytes[range], as: UTF8.self)
    }
}
