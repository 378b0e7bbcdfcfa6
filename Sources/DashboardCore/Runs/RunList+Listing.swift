import RunModel
import RunServices

extension RunList {
    /// Lists the rows anew from scope, filter, order and folds, keeping selection and view on the same runs.
    mutating func relist() { relist(previousRow: selectedRow) }

    /// - Parameter previousRow: where the selected run was; it may be gone from the table by now.
    mutating func relist(previousRow: Int?) {
        let screenLine = previousRow.map { $0 - top }
        let shown = visibleSlots()
        var listing = Listing(list: self, shown: shown)
        rows = listing.build()
        matchCount = listing.matchCount
        scopeCount = listing.scopeCount
        rowOfSlot = ContiguousArray(repeating: -1, count: table.capacity)
        for (index, row) in rows.enumerated() { rowOfSlot[Int(row.slot)] = Int32(index) }
        keepSelection(previousRow: previousRow)
        // New rows above push the view down with the selection, except at the very top, where they come into sight.
        if top > 0, let screenLine, let row = selectedRow { top = max(0, row - screenLine) }
    }

    func isExpanded(_ slot: RunTable.Slot) -> Bool {
        if let choice = folds[table[slot].id] { return choice }
        // While a filter is in force its matches must be seen, so families open unless a person closed them.
        return filter != nil || openedByDefault.contains(slot)
    }

    /// By slot: matches the filter or has a descendant that does; nil when there is no filter.
    private func visibleSlots() -> ContiguousArray<Bool>? {
        guard filter != nil else { return nil }
        var shown = ContiguousArray(repeating: false, count: table.capacity)
        for index in 0..<min(matches.count, shown.count)
        where matches[index] && table.isLive[index] && !shown[index] {
            var current = RunTable.Slot(index)
            while current >= 0, !shown[Int(current)], isInScope(table.runs[Int(current)]) {
                shown[Int(current)] = true
                current = table.parents[Int(current)]
            }
        }
        return shown
    }

    /// Falls back to the nearest visible ancestor, else to the row that is where the selected one was.
    ///
    /// Nothing is selected in an empty list, so that no command can aim at a run that nobody sees; the selection comes
    /// back with the rows.
    private mutating func keepSelection(previousRow: Int?) {
        guard !rows.isEmpty else {
            hiddenSelection = selectedID ?? hiddenSelection
            selectedID = nil
            return
        }
        selectedID = selectedID ?? hiddenSelection
        hiddenSelection = nil
        if let selectedID, row(of: selectedID) != nil { return }
        if let selectedID, let slot = table.slot(of: selectedID) {
            var ancestor = table.parent(of: slot)
            while let current = ancestor {
                if rowOfSlot[Int(current)] >= 0 {
                    self.selectedID = table[current].id
                    return
                }
                ancestor = table.parent(of: current)
            }
        }
        selectedID = run(at: min(previousRow ?? 0, rows.count - 1)).id
    }
}

/// One pass over the ordered slots that lays the visible tree out as rows.
private struct Listing {
    let list: RunList
    let shown: ContiguousArray<Bool>?
    var rows: ContiguousArray<RunRow> = []
    var matchCount = 0
    var scopeCount = 0

    init(list: RunList, shown: ContiguousArray<Bool>?) {
        self.list = list
        self.shown = shown
    }

    mutating func build() -> ContiguousArray<RunRow> {
        let table = list.table
        rows.reserveCapacity(list.order.slots.count)
        var roots: [RunTable.Slot] = []
        for slot in list.order.slots where isInScope(slot) {
            scopeCount += 1
            if let shown {
                if list.matches[Int(slot)] { matchCount += 1 }
                if !shown[Int(slot)] { continue }
            }
            let parent = table.parents[Int(slot)]
            if parent < 0 || !isInScope(parent) { roots.append(slot) }
        }
        if shown == nil { matchCount = scopeCount }
        for slot in roots { append(slot, depth: 0, lastBits: 0) }
        return rows
    }

    private func isInScope(_ slot: RunTable.Slot) -> Bool {
        if case .all = list.scope { return true }
        return list.isInScope(list.table.runs[Int(slot)])
    }

    /// Appends a run and, when it is unfolded, its children; a stack of its own, for a tree may be deeper than ours.
    private mutating func append(_ slot: RunTable.Slot, depth: Int32, lastBits: UInt64) {
        var pending: [(slot: RunTable.Slot, depth: Int32, lastBits: UInt64)] = [(slot, depth, lastBits)]
        while let (slot, depth, lastBits) = pending.popLast() {
            let hasChildren = list.table.children[Int(slot)].contains(where: isListed)
            let isExpanded = hasChildren && list.isExpanded(slot)
            rows.append(
                RunRow(
                    slot: slot, depth: depth, lastBits: lastBits, hasChildren: hasChildren, isExpanded: isExpanded,
                    isContext: shown != nil && !list.matches[Int(slot)]))
            guard isExpanded else { continue }
            let children = sortedChildren(of: slot)
            for (index, child) in children.enumerated().reversed() {
                let isLast = index == children.count - 1
                let bit: UInt64 = isLast ? 1 << UInt64(min(depth + 1, 63)) : 0
                pending.append((child, depth + 1, lastBits | bit))
            }
        }
    }

    /// A child in another experiment than its parent is listed with its own experiment, as a root.
    private func isListed(_ child: RunTable.Slot) -> Bool {
        isInScope(child) && shown?[Int(child)] ?? true
    }

    private func sortedChildren(of slot: RunTable.Slot) -> [RunTable.Slot] {
        let ranks = list.order.ranks
        var children = list.table.children[Int(slot)].filter(isListed)
        children.sort { ranks[Int($0)] < ranks[Int($1)] }
        return children
    }
}
