package import RunModel

/// How a person left the screen of one run service, to find it so again.
package struct ScreenMemory: Equatable, Sendable {
    /// The experiment whose runs were listed; nil for all.
    package var experiment: ExperimentID?
    /// The selected run.
    package var cursor: RunID?
    /// As it was typed; empty for none.
    package var filter = ""
    /// Nil where it is the one that the dashboard begins with.
    package var sort: SortOrder?
    /// As `ColumnChoice` writes them; nil where they are those that the dashboard begins with.
    package var columns: [String]?
    /// What was folded (false) or unfolded (true) by hand.
    package var folds: [RunID: Bool] = [:]
    /// The marked runs.
    package var marks: Set<RunID> = []
    /// The pinned run.
    package var baseline: RunID?
    /// By what the best children are starred.
    package var best: Best?

    /// A metric, and whether more of it is better.
    package struct Best: Equatable, Sendable {
        var metric: String
        var isMost: Bool
    }

    /// As a dashboard begins.
    package init() {}

    /// The most runs that are kept of each kind; what has more is not kept at all, for a part would mislead.
    package static let mostRuns = 2_000
    /// Bytes of an id or a text that are kept at most.
    static let longestText = 4_096
    /// Bytes of all of it.
    package static let longest = 1 << 20
}
