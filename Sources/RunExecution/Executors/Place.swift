package import RunModel

/// Where a supervisor itself runs, if that place may end it: a cluster does so by SIGTERM, and knows why.
package protocol Place: Sendable {
    /// Asked on SIGTERM: what the place is about to do; nil when the signal announces no end and is passed on as usual.
    func ending() async -> PlaceEnding?
}

/// What a place that ends a run says of it.
package struct PlaceEnding: Sendable, Equatable {
    /// What becomes of the run.
    package enum Outcome: Sendable, Equatable {
        case canceled
        case failed(RunFailure)
        /// It is started anew later.
        case queued
    }

    /// What becomes of the run.
    package var outcome: Outcome
    /// Tags that tell of it.
    package var tags: [(key: String, value: String)]
    /// Milliseconds that the command has, so that its end can be recorded before everything is killed.
    package var grace: Int64
    /// Whether the command's processes had the signal as well.
    package var isGivenToAll: Bool

    /// An end of these parts.
    package init(
        _ outcome: Outcome, tags: [(key: String, value: String)] = [], grace: Int64, isGivenToAll: Bool
    ) {
        self.outcome = outcome
        self.tags = tags
        self.grace = grace
        self.isGivenToAll = isGivenToAll
    }

    /// All parts are the same.
    package static func == (left: PlaceEnding, right: PlaceEnding) -> Bool {
        left.outcome == right.outcome && left.grace == right.grace && left.isGivenToAll == right.isGivenToAll
            && left.tags.elementsEqual(right.tags) { $0 == $1 }
    }
}
