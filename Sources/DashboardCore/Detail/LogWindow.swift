import Algorithms
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The part of a log held in memory, as the lines ended up: redraws are dropped as they are read, however many they are.
package struct LogWindow: Equatable, Sendable {
    /// Where the window begins in the log, in bytes.
    package internal(set) var start: Int64 = 0
    /// Where it ends, in bytes: what has been read, of which redraws and escape codes are not held any more.
    package internal(set) var end: Int64 = 0
    /// Offsets never fall.
    var rows: [LogRow] = []
    /// The row that the next byte belongs to; behind the last one where it begins a line.
    var cursor = 0
    /// The next text replaces the row's, as after a carriage return.
    var isFresh = false
    /// The beginning of an escape sequence whose rest has not been read.
    var pending: [UInt8] = []
    /// The first drawn row goes on with the line before the window, of which nothing is known.
    var joinsEarlier = false
    /// The first bytes of a window that begins inside a log, up to the first end of a line or carriage return: what was
    /// cut in two there is read anew with what precedes it. Nil where that is not needed, or would take too much.
    var head: [UInt8]?
    /// The end of `head` has not been read yet.
    var isHeadOpen = false
    /// Rows at the beginning that stand for lines before the window which were drawn anew in it.
    var borrowed = 0
    /// What the rows take of the capacity.
    var held = 0

    /// Enough for thousands of lines, in bytes of text and what a row costs besides, and small beside the program itself.
    static let capacity = 1 << 20

    /// The longest row, in bytes: a line that is longer is divided. Four screens of a usual terminal's pane.
    static let longestRow = 4 << 10

    /// Empty, at the beginning of the log.
    package init() {}

    /// - Parameter start: where `bytes` begin in the log, in bytes.
    package init(start: Int64, bytes: [UInt8]) {
        self.start = start
        end = start
        joinsEarlier = start > 0
        isHeadOpen = start > 0
        head = start > 0 ? [] : nil
        append(bytes, mostCost: .max)
    }

    /// Lines that can be shown.
    package var lineCount: Int { rows.count - hidden }

    /// A row that begins inside a line is not shown, unless there is nothing else or the line is a very long one.
    var hidden: Int { joinsEarlier && borrowed == 0 && rows.count > 1 && !rows[0].isRest && !rows[1].isRest ? 1 : 0 }

    /// In bytes of the log.
    package func offset(ofLine line: Int) -> Int64 { rows[line + hidden].offset }

    /// The line that holds the byte at `offset` in the log, clamped to the window.
    package func line(at offset: Int64) -> Int {
        max(0, rows.partitioningIndex { $0.offset > offset } - 1 - hidden)
    }

    /// A line as text: progress bars shown as they ended up, colour codes left out.
    package func text(ofLine line: Int) -> String { LogText.plain(rows[line + hidden].text) }

    /// Whether the line is a part of one that was too long for a row.
    func isPart(line: Int) -> Bool {
        let row = line + hidden
        return rows[row].isRest || (row + 1 < rows.count && rows[row + 1].isRest)
    }

    /// Whether the line goes on with the one before, which was too long for a row.
    func isRest(line: Int) -> Bool { rows.indices.contains(line + hidden) && rows[line + hidden].isRest }

    /// What the lines before this one take of the capacity, or those from it on; in bytes.
    func cost(beforeLine line: Int) -> Int { rows[..<min(rows.count, line + hidden)].reduce(0) { $0 + $1.cost } }
    func cost(fromLine line: Int) -> Int { rows[min(rows.count, line + hidden)...].reduce(0) { $0 + $1.cost } }

    /// Adds what follows the window, or as much of its beginning as half of the capacity takes; drops the oldest lines
    /// beyond the capacity.
    package mutating func append(_ more: [UInt8]) {
        append(more, mostCost: Self.capacity / 2)
        dropFirst(beyond: Self.capacity)
    }

    /// Drops the oldest rows once there is more than `limit`, and then some more, so that this is rare.
    mutating func dropFirst(beyond limit: Int) {
        guard held > limit else { return }
        var count = 0
        var rest = held
        while count < min(cursor, rows.count - 1), rest > limit * 3 / 4 {
            rest -= rows[count].cost
            count += 1
        }
        guard count > 0 else { return }
        rows.removeFirst(count)
        held = rest
        cursor -= count
        borrowed = 0
        start = rows[0].offset
        joinsEarlier = rows[0].isRest
        head = nil
        isHeadOpen = false
    }

    /// Drops the newest rows once there is more than the capacity.
    private mutating func dropLast() {
        guard held > Self.capacity else { return }
        var count = rows.count
        while count > 1, held > Self.capacity * 3 / 4 {
            count -= 1
            held -= rows[count].cost
        }
        guard count < rows.count else { return }
        end = rows[count].offset
        // What comes next may go on with a line of which the beginning is here.
        cursor = rows[count].isRest ? count - 1 : count
        rows.removeLast(rows.count - count)
        pending = []
        isFresh = false
    }

    /// Adds what precedes the window; drops the newest lines beyond the capacity.
    package mutating func prepend(_ earlier: [UInt8]) {
        guard !earlier.isEmpty else { return }
        var joined = LogWindow(start: start - Int64(earlier.count), bytes: earlier)
        joined.dropFirst(beyond: Self.capacity / 2)
        joined.join(self)
        joined.dropLast()
        self = joined
    }

    /// The next such byte at or behind `position`.
    static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from position: Int) -> Int? {
        guard position < bytes.count, let base = bytes.baseAddress else { return nil }
        return memchr(base + position, Int32(byte), bytes.count - position).map {
            UnsafeRawPointer($0) - UnsafeRawPointer(base)
        }
    }
}

/// A line as it ended up, or a part of one that is too long.
struct LogRow: Equatable, Sendable {
    /// Where it begins in the log, in bytes.
    var offset: Int64
    /// Without escape codes.
    var text: ArraySlice<UInt8>
    /// Goes on with the line of the row before.
    var isRest = false

    /// What it takes of a window's capacity, in bytes: the text, and about what the row itself is.
    var cost: Int { text.count + 64 }
}
