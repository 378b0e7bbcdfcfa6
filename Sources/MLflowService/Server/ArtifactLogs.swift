import Foundation
import RunModel

/// Logs that this instance writes: what the server does not have yet, and the piece that it must be sent again whole.
///
/// A server appends to no artifact. So a log is kept in parts of a bounded size, of which only the last still grows.
struct ArtifactLogs {
    struct Key: Hashable {
        var run: RunID
        var name: String
    }

    enum Place {
        /// The path below which the server takes the run's artifacts.
        case server(String)
        /// A directory that the server shares with this machine.
        case directory(ArtifactDirectory)
    }

    struct Log {
        var place: Place
        /// From 1; the one that still grows.
        var part = 1
        /// Of that part, all of it.
        var bytes: [UInt8] = []
        var uploaded = 0
        var lastUpload: Timestamp?

        var isComplete: Bool { bytes.count >= ArtifactLogs.partSize }

        mutating func beginNextPart() {
            part += 1
            bytes = []
            uploaded = 0
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

    var written: [Key: Log] = [:]

    /// The artifact that holds a part of a log.
    static func partName(_ name: String, _ part: Int) -> String { part == 1 ? name : "\(name).part\(part)" }

    /// The log and the number of the part that an artifact holds; nil for a first part or what is none.
    static func part(of artifact: String) -> (name: String, part: Int)? {
        guard let range = artifact.range(of: ".part", options: .backwards),
            let number = Int(artifact[range.upperBound...]), number > 1,
            partName(String(artifact[..<range.lowerBound]), number) == artifact
        else { return nil }
        return (String(artifact[..<range.lowerBound]), number)
    }
}
