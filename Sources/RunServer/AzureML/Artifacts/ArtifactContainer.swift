import RunModel
import RunServices

/// A run's artifacts as these clients name them: a container beside the run.
struct ArtifactContainer: Hashable, Sendable {
    let run: RunID

    /// The only kind of container that there is here.
    static let origin = "ExperimentRun"

    private static let prefix = "dcid."

    init(run: RunID) { self.run = run }

    /// Nil for what is no container of a run.
    init?(origin: String, name: String) {
        guard origin == Self.origin, name.hasPrefix(Self.prefix) else { return nil }
        run = RunID(String(name.dropFirst(Self.prefix.count)))
    }

    var name: String { Self.prefix + run.text }

    /// Where clients look for what a run's command printed.
    static let commandLog = "user_logs/std_log.txt"

    /// The path by which clients know a log.
    static func path(ofLog log: LogFile) -> String { log.isCommandOutput ? commandLog : log.name }
}
