import FileAccess
import Glibc
import MLflowMeaning
import RunModel
import RunServices

/// How far a metric's file was sampled.
struct SeriesMark {
    var stamp: FileStamp
    var position: Int64
}

/// Sampling the points of metrics.
extension FileSession {
    /// Reads what was appended since the last time, a piece at a time.
    func series(_ key: MetricSeriesKey, maxPoints: Int) throws -> MetricSeries? {
        guard let (handle, path) = try openMetric(key) else { return nil }
        defer { close(handle) }
        guard let stamp = FileStamp(of: handle), stamp.isFile else { return nil }
        var position = max(0, stamp.size - MetricFile.sizeLimit)
        var sample = SeriesMemory<SeriesMark>.newSample(size: maxPoints)
        // Another file, or one that was cut, is read from its beginning.
        if let known = series.known(of: key, size: maxPoints), stamp.continues(known.mark.stamp),
            known.mark.stamp.size <= stamp.size
        {
            (position, sample) = (known.mark.position, known.sample)
        }
        guard MetricFile.read(handle, from: &position, to: stamp.size, { sample.append($0) }) else {
            throw FilePlace.unreadableFile(path)
        }
        series.keep(key, SeriesMark(stamp: stamp, position: position), sample)
        if stamp.isSettled, position < stamp.size {
            // The last line has no end and is not being written: it counts, but may yet go on.
            guard let rest = FileAccess.read(handle, from: position, length: Int(stamp.size - position)) else {
                throw FilePlace.unreadableFile(path)
            }
            MetricFile.forEachPoint(rest, includingLast: true) { sample.append($0) }
        }
        if sample.total == 0 { return nil }
        let (points, spans) = sample.sample(maxPoints)
        return MetricSeries(key: key, points: points, total: sample.total, spans: spans)
    }

    /// Nil where there is no such metric.
    private func openMetric(_ key: MetricSeriesKey) throws -> (handle: Int32, path: String)? {
        guard (try? MLflowName.check(key.metric, "metric key")) != nil else { return nil }
        var path = index.path(of: key.run.text)
        if path.flatMap({ FileStamp($0 + "/meta.yaml") }) == nil {
            try freshen()
            path = index.path(of: key.run.text)
        }
        guard let path else { return nil }
        let parts = ["metrics"] + key.metric.split(separator: "/").map(String.init)
        let handle = FileAccess.open(parts, below: path, O_RDONLY)
        if handle >= 0 { return (handle, path + "/metrics/" + key.metric) }
        if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
        throw FilePlace.unreadableFile(path + "/metrics/" + key.metric)
    }
}

extension MetricFile {
    /// Bytes read at once; a line that is longer is no point.
    private static let piece = 256 << 10

    /// Every point on a whole line from `position` on, which then is the end of the last whole line; false, with errno set,
    /// when reading fails.
    static func read(
        _ handle: Int32, from position: inout Int64, to size: Int64, _ body: (MetricPoint) -> Void
    ) -> Bool {
        var isInLongLine = false
        while position < size {
            let length = Int(min(Int64(piece), size - position))
            guard var bytes = FileAccess.read(handle, from: position, length: length) else { return false }
            let ends = bytes.lastIndex(of: UInt8(ascii: "\n"))
            guard let ends else {
                if bytes.count < piece { return true }
                isInLongLine = true
                position += Int64(bytes.count)
                continue
            }
            position += Int64(ends + 1)
            if isInLongLine, let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                bytes.removeFirst(end + 1)
                isInLongLine = false
            }
            forEachPoint(bytes, includingLast: false, body)
        }
        return true
    }
}
