package import RunModel

/// The part of a run service that a question is about.
package enum RunScope: Hashable, Sendable {
    case all
    case experiment(ExperimentID)
}

/// A place in a service's stream of changes; its text means something only to the service that made it.
package struct ChangeCursor: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

/// One page of what changed since a cursor.
package struct ChangeBatch: Sendable, Equatable {
    /// Whole current values, each run at most once.
    package var runs: [Run]
    package var goneRuns: [RunID]
    /// Experiments that are new, renamed, or whose counts changed; always of the whole service, whatever the scope.
    ///
    /// A new name is told here alone: whoever keeps runs gives it to those of the experiment, which do not come again.
    package var experiments: [Experiment]
    package var goneExperiments: [ExperimentID]
    /// Ask the next question with this.
    package var cursor: ChangeCursor
    /// More of the first, full read waits behind `cursor`: ask again at once rather than at the next tick.
    package var hasMore: Bool

    package init(
        runs: [Run] = [], goneRuns: [RunID] = [], experiments: [Experiment] = [],
        goneExperiments: [ExperimentID] = [], cursor: ChangeCursor, hasMore: Bool = false
    ) {
        self.runs = runs
        self.goneRuns = goneRuns
        self.experiments = experiments
        self.goneExperiments = goneExperiments
        self.cursor = cursor
        self.hasMore = hasMore
    }
}
