import FileAccess
import Glibc
package import RunModel

/// Points of a metric as MLflow writes them: lines of `timestamp value step`.
package enum MetricFile {
    /// Bytes; longer files are read from their end.
    static let sizeLimit: Int64 = 256 << 20

    /// Two fields lack the step; five have a data set's name and digest, and then MLflow takes the step for 0.
    static func point(_ line: ArraySlice<UInt8>) -> MetricPoint? {
        let fields = line.split(separator: UInt8(ascii: " "))
        guard [2, 3, 5].contains(fields.count), let time = integer(fields[0]) else { return nil }
        guard let value = Double(pythonic: String(decoding: fields[1], as: UTF8.self)) else { return nil }
        var step: Int64 = 0
        if fields.count == 3 {
            guard let given = integer(fields[2]) else { return nil }
            step = given
        }
        return MetricPoint(step: step, timestamp: Timestamp(milliseconds: time), value: .number(value))
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
        Int64(String(decoding: bytes, as: UTF8.self))
    }

    static func line(_ point: MetricPoint) -> String {
        "\(point.timestamp.milliseconds) \(point.value.number ?? .nan) \(point.step)\n"
    }

    /// Every whole line; one that is no point, or not yet whole, is passed over.
    package static func forEachPoint(_ bytes: [UInt8], includingLast: Bool, _ body: (MetricPoint) -> Void) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            if end == nil && !includingLast { return }
            var line = rest[..<(end ?? rest.endIndex)]
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            if let point = point(line) { body(point) }
            rest = rest[(end.map { $0 + 1 } ?? rest.endIndex)...]
        }
    }

    /// Whether `new` is the latest point then, as MLflow decides it: by step, then time, then value.
    package static func isLater(_ new: MetricPoint, than old: MetricPoint) -> Bool {
        if new.step != old.step { return new.step > old.step }
        if new.timestamp != old.timestamp { return new.timestamp > old.timestamp }
        return (new.value.number ?? .nan) > (old.value.number ?? .nan)
    }
}

extension Double {
    /// As Python's `float` reads it.
    fileprivate init?(pythonic text: String) {
        switch text.lowercased() {
        case "nan", "+nan", "-nan": self = .nan
        case "inf", "+inf", "infinity", "+infinity": self = .infinity
        case "-inf", "-infinity": self = -.infinity
        default:
            // Swift also takes hexadecimal numbers, which Python does not.
            guard !text.utf8.contains(UInt8(ascii: "x")), let number = Double(text) else { return nil }
            self = number
        }
    }
}

/// How far a metric's file was read, so that only what was appended is read again.
struct MetricTail {
    private var stamp: FileStamp?
    private var position: Int64 = 0
    private(set) var latest: MetricPoint?

    /// Reads on to the end of the file; false, with errno set, when it is there and cannot be read.
    mutating func follow(_ path: String) -> Bool {
        guard let now = FileStamp(path), now.isFile else {
            self = MetricTail()
            return true
        }
        if let stamp, now == stamp { return true }
        // Another file, or one that was cut, is read from its beginning.
        if let stamp, !now.continues(stamp) || now.size < position { (position, latest) = (0, nil) }
        stamp = now
        position = max(position, now.size - MetricFile.sizeLimit)
        if read(path, now) { return true }
        stamp = nil
        return false
    }

    private mutating func read(_ path: String, _ now: FileStamp) -> Bool {
        let handle = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        var newest = latest
        defer { latest = newest }
        func note(_ point: MetricPoint) {
            if newest.map({ MetricFile.isLater(point, than: $0) }) ?? true { newest = point }
        }
        guard MetricFile.read(handle, from: &position, to: now.size, note) else { return false }
        if position == now.size { return true }
        if now.isSettled {
            guard let rest = FileAccess.read(handle, from: position, length: Int(now.size - position)) else {
                return false
            }
            MetricFile.forEachPoint(rest, includingLast: true, note)
        } else {
            // A line that is not whole yet is looked at again though nothing else may have changed.
            stamp = nil
        }
        return true
    }
}
