/// A text output of a run.
package struct LogFile: Sendable, Equatable, Hashable {
    /// What `readLog` takes: the name of a log, or the path of an artifact.
    package var name: String
    /// Bytes.
    package var size: Int64
    /// Whether a supervisor wrote it, with what the run's command printed, rather than a script of the run.
    package var isCommandOutput: Bool

    package init(name: String, size: Int64, isCommandOutput: Bool = false) {
        self.name = name
        self.size = size
        self.isCommandOutput = isCommandOutput
    }

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
