package import RunModel

/// Where the tracker looks up what it does not keep itself: every run that is known.
package protocol RunIndex {
    /// The run as it is known now; nil when it is not.
    func run(_ id: RunID) -> Run?
    /// How many of its direct child runs are in each status.
    func childCounts(of id: RunID) -> StatusCounts
}

/// A run that came or changed.
package struct RunChange: Sendable, Equatable {
    /// As it was known before; nil for one that was not.
    package let previous: Run?
    /// As it is now.
    package let run: Run

    /// A change from one to the other.
    package init(previous: Run?, run: Run) {
        self.previous = previous
        self.run = run
    }
}
