import Algorithms
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The part of a log held in memory: raw bytes and where its lines begin, however long the log is.
package struct LogWindow: Equatable, Sendable {
    /// Where `bytes` begin in the log, in bytes.
    package private(set) var start: Int64 = 0
    private(set) var bytes: [UInt8] = []
    /// Indices into `bytes`, ascending; a log that ends in a newline has no empty line after it.
    private(set) var lineStarts: [Int] = []

    /// Enough for thousands of lines, and small beside the program itself.
    static let capacity = 1 << 20

    /// The longest part of a line that is decoded: far beyond any screen's width, and bounded.
    static let longestLine = 16 << 10

    package init() {}

    /// - Parameter start: where `bytes` begin in the log, in bytes.
    package init(start: Int64, bytes: [UInt8]) {
        self.start = start
        self.bytes = bytes
        indexAll()
    }

    /// Behind the last of its bytes, in bytes of the log.
    package var end: Int64 { start + Int64(bytes.count) }
    package var lineCount: Int { lineStarts.count }

    /// Where a line begins in the log, in bytes.
    package func offset(ofLine line: Int) -> Int64 { start + Int64(lineStarts[line]) }

    /// The line that holds the byte at `offset` in the log, clamped to the window.
    package func line(at offset: Int64) -> Int {
        let target = LogFile.bounded(offset) - start
        return max(0, lineStarts.partitioningIndex { Int64($0) > target } - 1)
    }

    /// A line as text: progress bars shown as they ended up, colour codes left out.
    package func text(ofLine line: Int) -> String {
        let from = lineStarts[line]
        let nextStart = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
        var to = nextStart
        if to > from, bytes[to - 1] == UInt8(ascii: "\n") { to -= 1 }
        while to > from, bytes[to - 1] == UInt8(ascii: "\r") { to -= 1 }
        let visible = bytes[from..<to]
        let tail = visible.lastIndex(of: UInt8(ascii: "\r")).map { visible[($0 + 1)...] } ?? visible
        return LogText.plain(tail.prefix(Self.longestLine))
    }

    /// Adds what follows the window; drops the oldest lines beyond the capacity.
    package mutating func append(_ more: [UInt8]) {
        guard !more.isEmpty else { return }
        let indexed = bytes.count
        let startsLine = bytes.isEmpty || bytes.last == UInt8(ascii: "\n")
        bytes.append(contentsOf: more)
        if startsLine { lineStarts.append(indexed) }
        indexLines(from: indexed)
        guard bytes.count > Self.capacity else { return }
        dropFirst(bytes.count - Self.capacity * 3 / 4)
    }

    /// Drops at least so many bytes, up to where a line begins if there is such a place.
    private mutating func dropFirst(_ excess: Int) {
        let kept = lineStarts.firstIndex { $0 >= excess }
        let dropped = kept.map { lineStarts[$0] } ?? excess
        start += Int64(dropped)
        bytes.removeFirst(dropped)
        lineStarts.removeFirst(kept ?? lineStarts.count)
        for index in lineStarts.indices { lineStarts[index] -= dropped }
        if lineStarts.isEmpty, !bytes.isEmpty { lineStarts = [0] }
    }

    /// Adds what precedes the window; drops the newest lines beyond the capacity.
    package mutating func prepend(_ earlier: [UInt8]) {
        guard !earlier.isEmpty else { return }
        var all = earlier
        all.append(contentsOf: bytes)
        var joined = LogWindow(start: start - Int64(earlier.count), bytes: all)
        if joined.bytes.count > Self.capacity {
            let limit = Self.capacity * 3 / 4
            let lastKept = joined.lineStarts.last { $0 <= limit && $0 > 0 } ?? limit
            joined = LogWindow(start: joined.start, bytes: Array(joined.bytes[..<lastKept]))
        }
        self = joined
    }

    private mutating func indexAll() {
        lineStarts = []
        guard !bytes.isEmpty else { return }
        // A window that begins inside the log most likely begins inside a line: that line's rest is not shown, unless
        // there is nothing else.
        let afterNewline = start > 0 ? newline(from: 0).map { $0 + 1 } ?? 0 : 0
        let first = afterNewline < bytes.count ? afterNewline : 0
        lineStarts.append(first)
        indexLines(from: first)
    }

    /// Notes the lines that begin behind the newlines from `position` on.
    private mutating func indexLines(from position: Int) {
        var index = position
        while let newline = newline(from: index), newline + 1 < bytes.count {
            lineStarts.append(newline + 1)
            index = newline + 1
        }
    }

    /// The next newline at or behind `position`.
    private func newline(from position: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard position < buffer.count, let base = buffer.baseAddress else { return nil }
            return memchr(base + position, 0x0A, buffer.count - position).map { UnsafeRawPointer($0) - base }
        }
    }
}
