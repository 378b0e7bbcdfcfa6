extension SortOrder {
    /// Where a run stands in an order: enough to tell whether another run comes before or after it.
    package struct Position: Equatable, Sendable {
        /// The run's value in the column that orders.
        package var key: SortKey
        /// When the run started, or was created where it has not started, in UTC milliseconds.
        package var start: Int64
        /// Decides between runs that are equal otherwise.
        package var id: RunID

        /// A position that was written down before.
        package init(key: SortKey, start: Int64, id: RunID) {
            self.key = key
            self.start = start
            self.id = id
        }
    }

    /// The place of `run`; `now` ends the duration of a run that goes on.
    package func position(of run: Run, at now: Timestamp) -> Position {
        Position(
            key: SortKey(run, column: column, now: now), start: (run.startedAt ?? run.createdAt).milliseconds,
            id: run.id)
    }

    /// Whether `left` comes before `right`: by the column, with missing values last, then newest start first, then by id.
    package func isInOrder(_ left: Position, _ right: Position) -> Bool {
        switch (left.key == .missing, right.key == .missing) {
        case (false, true): return true
        case (true, false): return false
        default: break
        }
        let order = left.key.compared(with: right.key)
        if order != 0 { return isDescending ? order > 0 : order < 0 }
        if left.start != right.start { return left.start > right.start }
        return left.id < right.id
    }

    /// The runs in this order.
    package func sorted(_ runs: [Run], at now: Timestamp) -> [Run] {
        runs.map { (run: $0, position: position(of: $0, at: now)) }
            .sorted { isInOrder($0.position, $1.position) }
            .map(\.run)
    }
}
