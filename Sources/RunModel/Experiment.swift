/// A named group of runs, with how many of them are in each status.
package struct Experiment: Sendable, Equatable {
    package var id: ExperimentID
    package var name: String
    package var createdAt: Timestamp
    package var counts: StatusCounts

    package init(id: ExperimentID, name: String, createdAt: Timestamp, counts: StatusCounts = StatusCounts()) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.counts = counts
    }
}

/// How many runs are in each status; absent means none.
package struct StatusCounts: Sendable, Equatable {
    package private(set) var byStatus: [RunStatus: Int]

    package init(_ byStatus: [RunStatus: Int] = [:]) { self.byStatus = byStatus.filter { $0.value != 0 } }

    package subscript(status: RunStatus) -> Int { byStatus[status] ?? 0 }

    package var total: Int { byStatus.values.reduce(0, +) }

    package var active: Int { byStatus.reduce(0) { $0 + ($1.key.isActive ? $1.value : 0) } }

    /// Adds `amount`, which may be negative, to the count of `status`.
    package mutating func add(_ amount: Int, of status: RunStatus) {
        let sum = self[status] + amount
        byStatus[status] = sum == 0 ? nil : sum
    }

    package static func + (left: StatusCounts, right: StatusCounts) -> StatusCounts {
        StatusCounts(left.byStatus.merging(right.byStatus, uniquingKeysWith: +))
    }
}
