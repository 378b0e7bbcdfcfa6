import FileAccess
import Glibc
import TensorBoardFiles

/// Reads the events of one file from a place on, a piece at a time.
enum EventFileReader {
    enum Outcome: Equatable {
        /// All whole records up to the end were read.
        case done
        /// The budget is used up.
        case more
        /// No record begins where one should.
        case damaged
        /// Reading failed with this errno.
        case failed(Int32)
    }

    /// Bytes read at a time, and of the largest event that is read: one with a thousand numbers and some pictures fits.
    private static let (pieceSize, eventLimit) = (256 << 10, 16 << 20)

    /// Takes every event between `position`, where a record begins, and `end`; a record that is not whole waits.
    /// - Parameters:
    ///   - budget: bytes that may still be read; what is read is taken off.
    ///   - corrupt: counts the records passed over because their checksum is wrong.
    static func read(
        _ handle: Int32, from position: inout Int64, to end: Int64, budget: inout Int64, corrupt: inout Int,
        _ take: (LoggedEvent, Int64) -> Void
    ) -> Outcome {
        while position < end {
            guard budget > 0 else { return .more }
            let wanted = min(Int64(pieceSize), end - position)
            guard let bytes = FileAccess.read(handle, from: position, length: Int(wanted)) else {
                return .failed(errno)
            }
            budget -= Int64(bytes.count)
            if bytes.isEmpty { return .done }
            var at = 0
            let stop = scan(bytes, &at, isEnd: position + Int64(bytes.count) >= end, &corrupt) { event, offset in
                take(event, position + Int64(offset))
            }
            position += Int64(at)
            switch stop {
            case .end, .waiting: return .done
            case .damaged: return .damaged
            case .cut where at > 0: continue
            case .cut:
                let rest = end - position
                guard case .partial(let length) = EventRecord(in: bytes, at: 0), length <= UInt64(max(0, rest - 16))
                else { return .done }
                let size = Int(length) + EventRecord.headSize + EventRecord.footSize
                if size <= eventLimit, LoggedEvent.isOfUse(bytes, from: EventRecord.headSize) {
                    guard let whole = FileAccess.read(handle, from: position, length: size) else {
                        return .failed(errno)
                    }
                    budget -= Int64(whole.count)
                    switch EventRecord(in: whole, at: 0) {
                    case .whole(let range): take(LoggedEvent(whole, range), position)
                    case .corrupt:
                        if Int64(size) == rest { return .done }
                        corrupt += 1
                    case .partial, .headless, .damaged: return .done
                    }
                }
                position += Int64(size)
            }
        }
        return .done
    }

    private enum Stop {
        case end, cut, damaged
        /// The last record is being written, or it stays as it is.
        case waiting
    }

    /// Takes the events that lie in `bytes` as a whole, and moves `at` behind them.
    private static func scan(
        _ bytes: [UInt8], _ at: inout Int, isEnd: Bool, _ corrupt: inout Int, _ take: (LoggedEvent, Int) -> Void
    ) -> Stop {
        while at < bytes.count {
            switch EventRecord(in: bytes, at: at) {
            case .whole(let range):
                take(LoggedEvent(bytes, range), at)
                at = range.upperBound + EventRecord.footSize
            case .corrupt(let range):
                // On a network's disk the bytes of a record may come after its size.
                if isEnd && range.upperBound == bytes.count { return .waiting }
                corrupt += 1
                at = range.upperBound
            case .partial, .headless: return .cut
            case .damaged: return .damaged
            }
        }
        return isEnd ? .end : .cut
    }
}
