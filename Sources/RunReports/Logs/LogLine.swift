package import RunModel
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One line of a log, without its line feed.
package enum LogLine {
    /// The line as a terminal may have it: what it looks like in the end, without colours, and with nothing in it that steers
    /// a terminal.
    package static func shown(_ line: ArraySlice<UInt8>) -> String {
        var rest = line
        if rest.last == 0x0D { rest.removeLast() }
        // What a progress bar wrote over is gone.
        if let last = rest.lastIndex(of: 0x0D) { rest = rest[(last + 1)...] }
        let text = String(decoding: withoutSequences(rest), as: UTF8.self)
        return text.split(separator: "\t", omittingEmptySubsequences: false).map { Shown.lines(String($0)) }
            .joined(separator: "\t")
    }

    /// Colours, cursor movements and titles of windows (ECMA-48, section 5.4), cut out.
    private static func withoutSequences(_ line: ArraySlice<UInt8>) -> [UInt8] {
        guard line.contains(0x1B) else { return Array(line) }
        var kept: [UInt8] = []
        var rest = line
        while let byte = rest.popFirst() {
            if byte != 0x1B {
                kept.append(byte)
            } else if rest.first == UInt8(ascii: "[") {
                rest = rest.dropFirst().drop { (0x20..<0x40).contains($0) }.dropFirst()
            } else if rest.first == UInt8(ascii: "]") {
                let end = rest.firstIndex { $0 == 0x07 || $0 == 0x1B } ?? rest.endIndex
                rest = rest[end...]
                if rest.first == 0x07 { rest.removeFirst() }
            } else {
                rest = rest.dropFirst()
            }
        }
        return kept
    }

    /// The time with which a line begins, as loggers write it: `2026-11-24 10:00:01`, with `T`, brackets, fractions of a
    /// second, `Z` or an offset; local without one of these. Nil for other lines.
    package static func time(of line: ArraySlice<UInt8>) -> Timestamp? {
        var reader = LogTimeReader(line)
        return reader.moment()
    }
}

/// Reads a time from the beginning of a line.
private struct LogTimeReader {
    private var rest: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>) { rest = line.prefix(64) }

    mutating func moment() -> Timestamp? {
        _ = take("[") || take("(")
        guard let year = number(4), take("-") || take("/"), let month = number(2), (1...12).contains(month),
            take("-") || take("/"), let day = number(2), (1...31).contains(day), take("T") || take(" "),
            let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60, take(":"),
            let second = number(2), second <= 60
        else { return nil }
        var milliseconds: Int64 = 0
        if take(".") || take(",") { milliseconds = fraction() }
        var fields = tm()
        fields.tm_year = year - 1_900
        fields.tm_mon = month - 1
        fields.tm_mday = day
        fields.tm_hour = hour
        fields.tm_min = minute
        fields.tm_sec = second
        fields.tm_isdst = -1
        let zone = offset()
        let seconds = zone.map { timegm(&fields) - Int($0) } ?? mktime(&fields)
        return Timestamp(milliseconds: Int64(seconds) * 1_000 + milliseconds)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func number(_ count: Int) -> Int32? {
        guard rest.count >= count else { return nil }
        var value: Int32 = 0
        for byte in rest.prefix(count) {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int32(byte - 0x30)
        }
        rest = rest.dropFirst(count)
        return value
    }

    /// Milliseconds; further digits are skipped.
    private mutating func fraction() -> Int64 {
        var (value, scale): (Int64, Int64) = (0, 100)
        while let byte = rest.first, (0x30...0x39).contains(byte) {
            value += Int64(byte - 0x30) * scale
            scale /= 10
            rest.removeFirst()
        }
        return value
    }

    /// Seconds east of UTC; nil where nothing is said.
    private mutating func offset() -> Int32? {
        if take("Z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(2) else { return nil }
        _ = take(":")
        let seconds = hours * 3_600 + (number(2) ?? 0) * 60
        return isWest ? -seconds : seconds
    }
}
