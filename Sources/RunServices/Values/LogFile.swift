/// A text output of a run.
package struct LogFile: Sendable, Equatable, Codable, Hashable {
    /// What `readLog` takes: the name of a log, or the path of an artifact.
    package var name: String
    /// Bytes; within 0 and `largestSize`.
    package let size: Int64
    /// Whether a supervisor wrote it, with what the run's command printed, rather than a script of the run.
    package var isCommandOutput: Bool

    /// Bytes: a size beyond this, as services may claim, becomes this. No disk holds 281 TB of log, and thousands of
    /// such sizes can be added up.
    package static let largestSize: Int64 = 1 << 48

    /// - Parameter size: bytes, as a service claims; one that cannot be becomes the nearest that can.
    package init(name: String, size: Int64, isCommandOutput: Bool = false) {
        self.name = name
        self.size = Self.bounded(size)
        self.isCommandOutput = isCommandOutput
    }

    /// Bounds the size.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            size: try container.decode(Int64.self, forKey: .size),
            isCommandOutput: try container.decode(Bool.self, forKey: .isCommandOutput))
    }

    /// A size or a place in a log, as a service claims, made one that can be.
    package static func bounded(_ bytes: Int64) -> Int64 { min(max(bytes, 0), largestSize) }

    /// What a supervisor calls the log of its command. Where scripts keep files of their own beside it, an adapter puts
    /// it into a folder that is not theirs; `RunDetails.logs` tells the name to read it by.
    package static let output = "output.log"

    /// What a person most likely wants to read first: the command's output, then other outputs, then all the rest.
    package static func inReadingOrder(_ files: [LogFile]) -> [LogFile] {
        files.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
    }

    /// Whether the ending is one that programs give to what they print.
    package var isNamedAsLog: Bool { ["err", "log", "out", "stderr", "stdout"].contains(ending) }

    private var ending: String { name.split(separator: ".").last?.lowercased() ?? "" }

    private var rank: Int { isCommandOutput ? 0 : isNamedAsLog ? 1 : ending == "txt" ? 2 : 3 }
}
