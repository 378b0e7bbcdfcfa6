import Foundation
import MLflowArtifacts
import RunModel

/// Logs that this instance writes: what the server does not have yet, and the piece that it must be sent again whole.
///
/// A server appends to no artifact. So a log is kept in parts of a bounded size, of which only the last still grows.
struct ArtifactLogs {
    enum Place {
        /// The path below which the server takes the run's artifacts.
        case server(String)
        /// A directory that the server shares with this machine.
        case directory(ArtifactDirectory)
    }

    struct Log {
        var place: Place
        /// The artifact that is the first part; nil until something is sent.
        var path: String?
        /// Whether the run's tags say that `path` is its log.
        var isMarked = false
        /// From 1; the one that still grows.
        var part = 1
        /// Of that part, all of it.
        var bytes: [UInt8] = []
        /// Bytes of that part that the server has.
        var uploaded = 0
        /// Bytes of the longest upload of that part that brought no answer, and yet may have arrived.
        var attempted: Int?
        var lastUpload: Timestamp?

        var isComplete: Bool { bytes.count >= ArtifactLogs.partSize }
        /// The artifact that holds the part that grows.
        var partPath: String? { path.map { ArtifactLogs.partName($0, part) } }

        mutating func beginNextPart() {
            part += 1
            bytes = []
            uploaded = 0
            attempted = nil
        }

        /// Goes on with the bytes that are here in an artifact that no other program writes to.
        mutating func begin(at path: String) {
            self.path = path
            (isMarked, part, uploaded, attempted) = (false, 1, 0, nil)
        }

        /// Whether a part of this size, nil when there is none, can be what this instance sent.
        func canBeOurs(_ size: Int64?) -> Bool {
            guard let size else { return true }
            if let attempted { return size <= Int64(attempted) }
            return uploaded > 0 && size == Int64(uploaded)
        }

        /// Whether there is something to send, and not too soon after the last time.
        func isDue(at now: Timestamp) -> Bool {
            guard uploaded < bytes.count else { return false }
            guard let lastUpload else { return true }
            let waited = now.milliseconds(since: lastUpload)
            return waited < 0 || waited >= max(ArtifactLogs.interval, Int64(bytes.count) / ArtifactLogs.rate)
        }
    }

    /// Bytes; most logs are shorter, and a part of a longer one is sent some ten times.
    static let partSize = 1 << 20
    /// Milliseconds between two uploads of a short log.
    private static let interval: Int64 = 2_000
    /// Bytes a millisecond that uploads may cost on average: 200 kB/s.
    private static let rate: Int64 = 200

    /// Of runs whose supervisor has not published the end of its log yet.
    var written: [ArtifactLogKey: Log] = [:]

    /// The artifact that holds a part of a log.
    static func partName(_ name: String, _ part: Int) -> String { part == 1 ? name : "\(name).part\(part)" }
}
