import TensorBoardFiles
import Testing

/// The format of records, byte by byte.
struct EventRecordTests {
    /// From RFC 3720, appendix B.4, and what every implementation says of nine digits.
    private static let sums: [([UInt8], UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8a91_36aa), ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0...31), 0x46dd_794e), (Array("123456789".utf8), 0xe306_9283), ([], 0),
    ]

    @Test(arguments: sums)
    func checksum(_ bytes: [UInt8], _ sum: UInt32) {
        #expect(CRC32C.plain(bytes, bytes.indices) == sum)
        // The same of a part in the middle.
        #expect(CRC32C.plain([1, 2, 3] + bytes + [4], 3..<3 + bytes.count) == sum)
    }

    private static let event: [UInt8] = [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 5]

    static func record(_ event: [UInt8]) -> [UInt8] {
        func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        }
        let length = bytes(UInt64(event.count), 8)
        return length + bytes(UInt64(CRC32C.masked(length, 0..<8)), 4) + event
            + bytes(UInt64(CRC32C.masked(event, event.indices)), 4)
    }

    @Test func `a record that is cut off anywhere waits`() {
        let whole = Self.record(Self.event)
        #expect(EventRecord(in: whole, at: 0) == .whole(12..<23))
        for end in 0..<12 { #expect(EventRecord(in: Array(whole[..<end]), at: 0) == .headless, "\(end)") }
        for end in 12..<whole.count {
            #expect(EventRecord(in: Array(whole[..<end]), at: 0) == .partial(length: 11), "\(end)")
        }
        #expect(EventRecord(in: [7] + whole + whole, at: 1) == .whole(13..<24))
    }

    @Test func `any wrong bit is noticed`() {
        let whole = Self.record(Self.event)
        for bit in 0..<whole.count * 8 {
            var changed = whole
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(EventRecord(in: changed, at: 0) == (bit < 96 ? .damaged : .corrupt(0..<whole.count)), "\(bit)")
        }
    }

    @Test func `a length that no memory holds is only a length`() {
        let length = [UInt8](repeating: 0xff, count: 8)
        let sum = CRC32C.masked(length, 0..<8)
        let head = length + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt32($0))) }
        #expect(EventRecord(in: head + [1, 2, 3], at: 0) == .partial(length: .max))
    }

    @Test func `an event has its time and step`() {
        let event = LoggedEvent(Self.event, Self.event.indices)
        #expect(event.wallTime == 1 && event.step == 5 && event.scalars.isEmpty && !event.isRestart)
        // Varints without an end, of more bits than there are, and lengths beyond the end stop the reading.
        for rest in [
            [0x10], [0x10] + [UInt8](repeating: 0xff, count: 12), [0x2a, 0x7f, 1], [0x2a, 0xff, 0xff, 0xff, 0x7f],
        ] as [[UInt8]] {
            let bytes = Array(Self.event.prefix(9)) + rest
            #expect(LoggedEvent(bytes, bytes.indices).wallTime == 1)
        }
    }

    @Test func `graphs are known by their beginning`() {
        let head = Array(Self.event)
        #expect(LoggedEvent.isOfUse(head + [0x2a, 9], from: 0) && !LoggedEvent.isOfUse(head + [0x22, 9], from: 0))
        #expect(!LoggedEvent.isOfUse(head + [0x4a, 9], from: 0) && LoggedEvent.isOfUse([], from: 0))
    }
}
