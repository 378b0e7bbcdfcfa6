import RunModel
import RunServices

extension RunList {
    /// Lists the rows anew from scope, filter, order and folds, keeping selection and view on the same runs.
    mutating func relist() { relist(previousRow: selectedRow) }

    /// - Parameters:
    ///   - previousRow: where the selected run was; it may be gone from the table by now.
    ///   - keepsTree: nothing but the order has changed since the rows were listed.
    mutating func relist(previousRow: Int?, keepsTree: Bool = false) {
        let screenLine = previousRow.map { $0 - top }
        let shown = visibleSlots()
        var listing = Listing(list: self, shown: shown, keepsTree: keepsTree)
        listing.build()
        rows = listing.rows
        matchCount = listing.matchCount
        scopeCount = listing.scopeCount
        rowOfSlot = ContiguousArray(repeating: -1, count: table.capacity)
        for (index, row) in rows.enumerated() { rowOfSlot[Int(row.slot)] = Int32(index) }
        keepSelection(previousRow: previousRow)
        // New rows above push the view down with the selection, except at the very top, where they come into sight.
        if top > 0, let screenLine, let row = selectedRow { top = max(0, row - screenLine) }
    }

    func isExpanded(_ slot: RunTable.Slot) -> Bool {
        if !folds.isEmpty, let choice = folds[table.runs[Int(slot)].id] { return choice }
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
            while current >= 0, !shown[Int(current)], isInScope(current) {
                shown[Int(current)] = true
                current = table.parents[Int(current)]
            }
        }
        return shown
    }

    /// Falls back to the nearest visible ancestor, else to the row that is where the selected one was.
    ///
    /// Nothing is selected in an empty list, so that no command can aim at a run that is not seen; the selection comes
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
