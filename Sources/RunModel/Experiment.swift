/// A named group of runs, with how many of them are in each status.
package struct Experiment: Sendable, Equatable, Codable {
    /// Stable when the experiment is renamed.
    package var id: ExperimentID
    /// One line, unique among those of its service that are not deleted.
    package var name: String
    /// 1970 where the service does not tell.
    package var createdAt: Timestamp
    /// Of its runs.
    package var counts: StatusCounts

    /// An experiment as its service tells it.
    package init(id: ExperimentID, name: String, createdAt: Timestamp, counts: StatusCounts = StatusCounts()) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.counts = counts
    }
}

/// How many runs are in each status; absent means none. A count that a store claims may be any number, so each is bounded
/// here, and no sum of them overflows.
package struct StatusCounts: Sendable, Equatable {
    /// Without zeros.
    package private(set) var byStatus: [RunStatus: Int]

    /// A trillion: beyond every store, and eight million counts of it can be added up.
    private static let limit = 1_000_000_000_000

    /// Counts beyond a trillion are a trillion; zeros are left out.
    package init(_ byStatus: [RunStatus: Int] = [:]) {
        self.byStatus = byStatus.mapValues(Self.bounded).filter { $0.value != 0 }
    }

    /// 0 for a status that no run is in.
    package subscript(status: RunStatus) -> Int { byStatus[status] ?? 0 }

    /// Runs in any status.
    package var total: Int { sum { _ in true } }

    /// Runs that are not over.
    package var active: Int { sum(where: \.isActive) }

    private func sum(where isCounted: (RunStatus) -> Bool) -> Int {
        byStatus.reduce(0) { Self.bounded($0 + (isCounted($1.key) ? $1.value : 0)) }
    }

    /// Adds `amount`, which may be negative, to the count of `status`.
    package mutating func add(_ amount: Int, of status: RunStatus) {
        let sum = Self.bounded(self[status] + Self.bounded(amount))
        byStatus[status] = sum == 0 ? nil : sum
    }

    /// The counts of both.
    package static func + (left: StatusCounts, right: StatusCounts) -> StatusCounts {
        StatusCounts(left.byStatus.merging(right.byStatus, uniquingKeysWith: +))
    }

    private static func bounded(_ count: Int) -> Int { min(max(count, -limit), limit) }
}
