import RunModel

/// Logs that this instance writes, until the server has them.
struct ArtifactLogs {
    struct Key: Hashable {
        var run: RunID
        var name: String
    }

    struct Log {
        /// Where the server takes the run's artifacts.
        var path: String
        var bytes: [UInt8] = []
        var uploaded = 0
        var lastUpload: Timestamp?
    }

    /// Milliseconds between two uploads of a short log.
    private static let interval: Int64 = 2_000
    /// Bytes a millisecond that uploads may cost on average: 200 kB/s.
    private static let rate: Int64 = 200

    var written: [Key: Log] = [:]

    /// The logs of a run that have bytes to send now; they count as sent.
    mutating func takeDue(of run: RunID, at now: Timestamp, onlyDue: Bool) -> [(Key, Log)] {
        var due: [(Key, Log)] = []
        for (key, log) in written where key.run == run && log.uploaded < log.bytes.count {
            if onlyDue, let last = log.lastUpload {
                let wait = max(Self.interval, Int64(log.bytes.count) / Self.rate)
                if now.milliseconds(since: last) < wait { continue }
            }
            due.append((key, log))
            written[key]?.uploaded = log.bytes.count
            written[key]?.lastUpload = now
        }
        return due
    }
}
