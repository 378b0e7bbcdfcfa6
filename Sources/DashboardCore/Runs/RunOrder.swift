import Algorithms
import RunModel

/// All loaded slots in the order of the sort column, kept sorted as runs come, change and go.
///
/// Missing values come last; runs that are equal in the column come newest first, then by id, so that the order never
/// depends on arrival.
struct RunOrder: Sendable {
    private(set) var slots: ContiguousArray<RunTable.Slot> = []
    /// The position of each slot in `slots`; the order of siblings in the tree follows from it.
    private(set) var ranks: ContiguousArray<Int32> = []
    private(set) var sort = SortOrder.standard
    /// Newest first, then by id: sorting this by a column, without disturbing what is equal there, gives `slots`.
    private var newestFirst: ContiguousArray<RunTable.Slot> = []

    /// Sorts everything anew.
    mutating func resort(_ table: RunTable, by sort: SortOrder, now: Timestamp) {
        self.sort = sort
        slots = sorted(newestFirst, in: table, now: now)
        rerank(capacity: table.capacity)
    }

    /// Puts `changed` slots where they belong now and drops those of removed runs: one pass, whatever their number.
    mutating func place(_ changed: Set<RunTable.Slot>, in table: RunTable, now: Timestamp) {
        var isKept = ContiguousArray(table.isLive)
        for slot in changed { isKept[Int(slot)] = false }
        let present = changed.filter { table.isLive[Int($0)] }
        let moved = ContiguousArray(present.sorted { Self.isNewer($0, $1, table) })
        newestFirst = merged(newestFirst, isKept, with: moved) { Self.isNewer($0, $1, table) }
        if sort == .standard {
            slots = newestFirst
        } else {
            let sort = sort
            slots = merged(slots, isKept, with: sorted(moved, in: table, now: now)) { left, right in
                Self.isBefore(left, right, table, sort, now)
            }
        }
        rerank(capacity: table.capacity)
    }

    /// Whether a change of this run can move it.
    func isAffected(by previous: Run, becoming run: Run, now: Timestamp) -> Bool {
        SortKey(previous, column: sort.column, now: now) != SortKey(run, column: sort.column, now: now)
            || previous.startedAt != run.startedAt || previous.createdAt != run.createdAt
    }

    /// Whether running runs have outgrown their neighbours since the last sort; only durations change by themselves.
    func isOutOfDate(_ table: RunTable, now: Timestamp) -> Bool {
        guard sort.column == .duration else { return false }
        return zip(slots, slots.dropFirst()).contains { Self.isBefore($1, $0, table, sort, now) }
    }

    private mutating func rerank(capacity: Int) {
        ranks = ContiguousArray(repeating: -1, count: capacity)
        for (position, slot) in slots.enumerated() { ranks[Int(slot)] = Int32(position) }
    }

    private func sorted(
        _ newestFirst: ContiguousArray<RunTable.Slot>, in table: RunTable, now: Timestamp
    ) -> ContiguousArray<RunTable.Slot> {
        if sort == .standard { return newestFirst }
        var sorter = ColumnSorter(table, by: sort, now: now)
        return sorter.sorted(newestFirst)
    }

    /// Inserts `moved`, itself in order, into what is kept of `sorted`.
    private func merged(
        _ sorted: ContiguousArray<RunTable.Slot>, _ isKept: ContiguousArray<Bool>,
        with moved: ContiguousArray<RunTable.Slot>, by isBefore: (RunTable.Slot, RunTable.Slot) -> Bool
    ) -> ContiguousArray<RunTable.Slot> {
        let kept = ContiguousArray(sorted.filter { isKept[Int($0)] })
        var result = ContiguousArray<RunTable.Slot>()
        result.reserveCapacity(kept.count + moved.count)
        var next = 0
        for slot in moved {
            let place = kept[next...].partitioningIndex { !isBefore($0, slot) }
            result.append(contentsOf: kept[next..<place])
            result.append(slot)
            next = place
        }
        result.append(contentsOf: kept[next...])
        return result
    }

    private static func isNewer(_ left: RunTable.Slot, _ right: RunTable.Slot, _ table: RunTable) -> Bool {
        let left = Int(left)
        let right = Int(right)
        let started = table.runs[left].startedAt ?? table.runs[left].createdAt
        let other = table.runs[right].startedAt ?? table.runs[right].createdAt
        return started == other ? table.runs[left].id < table.runs[right].id : started > other
    }

    private static func isBefore(
        _ left: RunTable.Slot, _ right: RunTable.Slot, _ table: RunTable, _ sort: SortOrder, _ now: Timestamp
    ) -> Bool {
        let key = SortKey(table.runs[Int(left)], column: sort.column, now: now)
        let other = SortKey(table.runs[Int(right)], column: sort.column, now: now)
        if (key == .missing) != (other == .missing) { return other == .missing }
        let order = key.compared(with: other)
        if order != 0 { return sort.isDescending ? order > 0 : order < 0 }
        return isNewer(left, right, table)
    }
}
