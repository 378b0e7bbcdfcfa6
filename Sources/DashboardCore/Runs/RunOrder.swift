import RunModel

/// All loaded slots in the order of the sort column, kept sorted as runs come, change and go.
struct RunOrder: Sendable {
    private(set) var slots: ContiguousArray<RunTable.Slot> = []
    /// The position of each slot in `slots`; the order of siblings in the tree follows from it.
    private(set) var ranks: ContiguousArray<Int32> = []
    private(set) var sort = SortOrder.standard

    /// Sorts everything anew.
    mutating func resort(_ table: RunTable, by sort: SortOrder, now: Timestamp) {
        self.sort = sort
        var live = ContiguousArray<RunTable.Slot>()
        live.reserveCapacity(table.count)
        for index in 0..<table.capacity where table.isLive[index] { live.append(RunTable.Slot(index)) }
        slots = sorted(live, in: table, now: now)
        rerank(capacity: table.capacity)
    }

    /// Puts `changed` slots where they belong now and drops those of removed runs: one pass, whatever their number.
    mutating func place(_ changed: Set<RunTable.Slot>, in table: RunTable, now: Timestamp) {
        let kept = ContiguousArray(slots.filter { !changed.contains($0) && table.isLive[Int($0)] })
        let present = ContiguousArray(changed.filter { table.isLive[Int($0)] })
        let moved = sorted(present, in: table, now: now)
        var merged = ContiguousArray<RunTable.Slot>()
        merged.reserveCapacity(kept.count + moved.count)
        var next = 0
        for slot in moved {
            let position = insertionPoint(of: slot, in: kept, from: next, table: table, now: now)
            merged.append(contentsOf: kept[next..<position])
            merged.append(slot)
            next = position
        }
        merged.append(contentsOf: kept[next...])
        slots = merged
        rerank(capacity: table.capacity)
    }

    /// Whether a change of this run can move it.
    func isAffected(by previous: Run, becoming run: Run, now: Timestamp) -> Bool {
        SortKey(previous, column: sort.column, now: now) != SortKey(run, column: sort.column, now: now)
            || previous.startedAt != run.startedAt || previous.createdAt != run.createdAt
    }

    /// Whether running runs have outgrown their neighbours since the last sort; only durations change by themselves.
    func isOutOfDate(_ table: RunTable, now: Timestamp) -> Bool {
        guard sort.column == .duration, var previous = slots.first.map({ Entry($0, table[$0], sort: sort, now: now) })
        else { return false }
        for slot in slots.dropFirst() {
            let entry = Entry(slot, table[slot], sort: sort, now: now)
            if entry.isBefore(previous, sort: sort, table: table) { return true }
            previous = entry
        }
        return false
    }

    private mutating func rerank(capacity: Int) {
        ranks = ContiguousArray(repeating: -1, count: capacity)
        for (position, slot) in slots.enumerated() { ranks[Int(slot)] = Int32(position) }
    }

    private func insertionPoint(
        of slot: RunTable.Slot, in sortedSlots: ContiguousArray<RunTable.Slot>, from start: Int, table: RunTable,
        now: Timestamp
    ) -> Int {
        let entry = Entry(slot, table[slot], sort: sort, now: now)
        var low = start
        var high = sortedSlots.count
        while low < high {
            let middle = (low + high) / 2
            let other = Entry(sortedSlots[middle], table[sortedSlots[middle]], sort: sort, now: now)
            if other.isBefore(entry, sort: sort, table: table) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func sorted(
        _ slots: ContiguousArray<RunTable.Slot>, in table: RunTable, now: Timestamp
    ) -> ContiguousArray<RunTable.Slot> {
        // Most columns are numbers: sorting flat pairs of number and slot is several times faster than sorting keys.
        if let numbers = numericKeys(of: slots, in: table, now: now) { return numbers }
        var entries = slots.map { Entry($0, table[$0], sort: sort, now: now) }
        entries.sort { $0.isBefore($1, sort: sort, table: table) }
        return ContiguousArray(entries.map(\.slot))
    }

    private func numericKeys(
        of slots: ContiguousArray<RunTable.Slot>, in table: RunTable, now: Timestamp
    ) -> ContiguousArray<RunTable.Slot>? {
        struct Numbered { let key: Double; let started: Int64; let slot: RunTable.Slot }
        var entries = ContiguousArray<Numbered>()
        entries.reserveCapacity(slots.count)
        let missing = Double.infinity
        for slot in slots {
            let run = table.runs[Int(slot)]
            let started = (run.startedAt ?? run.createdAt).milliseconds
            switch SortKey(run, column: sort.column, now: now) {
            case .number(let number):
                guard number.isFinite else { return nil }
                entries.append(Numbered(key: sort.isDescending ? -number : number, started: started, slot: slot))
            case .missing: entries.append(Numbered(key: missing, started: started, slot: slot))
            case .text: return nil
            }
        }
        entries.sort { left, right in
            if left.key != right.key { return left.key < right.key }
            if left.started != right.started { return left.started > right.started }
            return table.runs[Int(left.slot)].id < table.runs[Int(right.slot)].id
        }
        return ContiguousArray(entries.map(\.slot))
    }

    private struct Entry {
        let slot: RunTable.Slot
        let key: SortKey
        let started: Int64

        init(_ slot: RunTable.Slot, _ run: Run, sort: SortOrder, now: Timestamp) {
            self.slot = slot
            key = SortKey(run, column: sort.column, now: now)
            started = (run.startedAt ?? run.createdAt).milliseconds
        }

        /// Missing values last; equal ones newest first, then by id, so that the order never depends on arrival.
        func isBefore(_ other: Entry, sort: SortOrder, table: RunTable) -> Bool {
            if (key == .missing) != (other.key == .missing) { return other.key == .missing }
            let order = key.compared(with: other.key)
            if order != 0 { return sort.isDescending ? order > 0 : order < 0 }
            if started != other.started { return started > other.started }
            return table[slot].id < table[other.slot].id
        }
    }
}
