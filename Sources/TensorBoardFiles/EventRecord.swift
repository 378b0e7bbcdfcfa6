/// What stands at one place of an event file: each record is its length in 8 bytes, a checksum of that, the event, and a
/// checksum of the event (TensorFlow's TFRecord format).
package enum EventRecord: Equatable, Sendable {
    /// An event at this place in the bytes.
    case whole(Range<Int>)
    /// A record of this range whose event does not have the checksum that it should have.
    case corrupt(Range<Int>)
    /// The beginning of an event of so many bytes, of which not all are here.
    case partial(length: UInt64)
    /// Less than the length and its checksum.
    case headless
    /// No record begins here, so no later one can be found either.
    case damaged

    /// Bytes before an event.
    package static let headSize = 12
    /// Bytes after an event.
    package static let footSize = 4

    /// The record that begins at `start`, of which `bytes` may hold only a part.
    package init(in bytes: [UInt8], at start: Int) {
        guard start >= 0, bytes.count - start >= Self.headSize else {
            self = .headless
            return
        }
        let length = Self.number(bytes, at: start, count: 8)
        guard Self.number(bytes, at: start + 8, count: 4) == UInt64(CRC32C.masked(bytes, start..<start + 8)) else {
            self = .damaged
            return
        }
        let begin = start + Self.headSize
        guard length <= UInt64(bytes.count - begin), bytes.count - begin - Int(length) >= Self.footSize else {
            self = .partial(length: length)
            return
        }
        let event = begin..<begin + Int(length)
        let sum = Self.number(bytes, at: event.upperBound, count: 4)
        if sum == UInt64(CRC32C.masked(bytes, event)) {
            self = .whole(event)
        } else {
            self = .corrupt(start..<event.upperBound + Self.footSize)
        }
    }

    private static func number(_ bytes: [UInt8], at start: Int, count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
    }
}
