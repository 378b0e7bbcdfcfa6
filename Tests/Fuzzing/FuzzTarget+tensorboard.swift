import TensorBoardFiles

extension FuzzTarget {
    /// Event files of TensorBoard: the records as they are, and the events in them whatever their checksums say.
    static let eventFiles = FuzzTarget("eventFiles", rounds: 2_000, seeds: eventSeeds) { bytes in
        var position = 0
        walk: while position < bytes.count {
            switch EventRecord(in: bytes, at: position) {
            case .whole(let range):
                precondition(range.lowerBound == position + 12 && range.upperBound + 4 <= bytes.count)
                _ = LoggedEvent(bytes, range)
                position = range.upperBound + 4
            case .corrupt(let range):
                precondition(range.lowerBound == position && range.upperBound > position)
                position = range.upperBound
            case .partial, .headless, .damaged: break walk
            }
        }
        let event = LoggedEvent(bytes, bytes.indices)
        precondition(event.scalars.allSatisfy { !$0.tag.isEmpty })
        _ = LoggedEvent.isOfUse(bytes, from: 0)
    }

    /// A number, a tensor, parameters, the end of a session and a restart; then two records.
    private static var eventSeeds: [[UInt8]] {
        func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }
        let time: [UInt8] = [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 5]
        func summary(_ value: [UInt8]) -> [UInt8] { time + field(5, field(1, value)) }
        func hparams(_ tag: String, _ data: [UInt8]) -> [UInt8] {
            summary(field(1, Array(tag.utf8)) + field(9, field(1, field(1, Array("hparams".utf8)) + field(2, data))))
        }
        let number = summary(field(1, Array("loss".utf8)) + [0x15, 0, 0, 0x80, 0x3f])
        let tensor = summary(
            field(1, Array("acc".utf8))
                + field(8, [0x08, 1] + field(2, field(2, [0x08, 1])) + field(4, [0, 0, 0, 0x3f])))
        let listed = summary(field(1, Array("n".utf8)) + field(8, [0x08, 9] + field(10, [0xff, 0x01])))
        let rate: [UInt8] = field(1, Array("lr".utf8)) + field(2, [0x11, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
        let start = hparams("_hparams_/session_start_info", field(3, field(1, rate) + field(4, Array("g".utf8))))
        let end = hparams("_hparams_/session_end_info", field(4, [0x08, 2, 0x11, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]))
        let restart = time + field(7, [0x08, 1])
        func record(_ event: [UInt8]) -> [UInt8] {
            func little(_ number: UInt64, _ count: Int) -> [UInt8] {
                (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
            }
            let length = little(UInt64(event.count), 8)
            return length + little(UInt64(CRC32C.masked(length, 0..<8)), 4) + event
                + little(UInt64(CRC32C.masked(event, event.indices)), 4)
        }
        return [number, tensor, listed, start, end, restart, record(number) + record(start), []]
    }
}
