package import RunModel
package import RunServices

/// What a person chooses: order, filter, scope, folds, selection, marks.
extension RunList {
    /// Orders the list by `sort` and keeps the selected run selected; durations are those at `now`.
    package mutating func setSort(_ sort: SortOrder, at now: Timestamp) {
        order.resort(table, by: sort, now: now)
        relist(previousRow: selectedRow, keepsTree: true)
    }

    /// Lists only the runs that match, judged at `now`, with their ancestors for context; nil lists all again.
    package mutating func setFilter(_ filter: Filter?, at now: Timestamp) {
        guard filter != self.filter else { return }
        self.filter = filter
        rematch(at: now)
        relist()
    }

    /// Judges and orders again what changes by itself: filters on age and duration, and the order by duration.
    mutating func timePassed(to now: Timestamp) {
        var isChanged = false
        if let filter, filter.dependsOnTime {
            let before = matches
            rematch(at: now)
            isChanged = matches != before
        }
        if order.isOutOfDate(table, now: now) {
            order.resort(table, by: sort, now: now)
            isChanged = true
        }
        if isChanged { relist() }
    }

    private mutating func rematch(at now: Timestamp) {
        guard let filter else {
            matches = []
            return
        }
        matches = ContiguousArray(repeating: false, count: table.capacity)
        let stalled = stalled
        let passing = table.runs.withUnsafeBufferPointer { runs in
            guard filter.asksForAttention, !stalled.isEmpty else { return filter.matchingIndices(in: runs, at: now) }
            return filter.matchingIndices(in: runs, at: now) { stalled.contains(runs[$0].id) ? .stalled : [] }
        }
        for index in passing where table.isLive[index] { matches[index] = true }
    }

    /// Lists another scope from its top, with the run selected that was selected there last.
    package mutating func setScope(_ scope: RunScope) {
        guard scope != self.scope else { return }
        if let selected = selectedID ?? hiddenSelection { remembered[self.scope] = selected }
        self.scope = scope
        selectedID = remembered[scope]
        hiddenSelection = nil
        top = 0
        relist(previousRow: nil)
    }

    /// Unfolds or folds the children of one run; the choice outlasts refreshes.
    package mutating func setExpanded(_ isExpanded: Bool, _ id: RunID) {
        folds[id] = isExpanded
        relist()
    }

    /// Unfolds or folds every loaded run that has children, in any scope.
    package mutating func setAllExpanded(_ isExpanded: Bool) {
        for index in 0..<table.capacity where table.isLive[index] && !table.children[index].isEmpty {
            folds[table.runs[index].id] = isExpanded
        }
        relist()
    }

    /// Selects the run `offset` rows below, clamped to the list.
    package mutating func moveSelection(by offset: Int) {
        guard !rows.isEmpty else { return }
        select(row: min(max(0, (selectedRow ?? 0) + offset), rows.count - 1))
    }

    /// Selects the run on a row, counted from 0; a row that does not exist changes nothing.
    package mutating func select(row: Int) {
        guard rows.indices.contains(row) else { return }
        selectedID = run(at: row).id
    }

    /// Selects a run, unfolding its ancestors so that it is listed.
    package mutating func reveal(_ id: RunID) {
        guard let slot = table.slot(of: id) else { return }
        var ancestor = table.parent(of: slot)
        while let current = ancestor {
            folds[table[current].id] = true
            ancestor = table.parent(of: current)
        }
        selectedID = id
        relist(previousRow: nil)
    }

    /// Scrolls as little as possible so that the selected run is on one of `height` lines.
    package mutating func scrollToSelection(height: Int) {
        guard height > 0 else { return }
        if let row = selectedRow {
            if row < top { top = row }
            if row >= top + height { top = row - height + 1 }
        }
        top = max(0, min(top, rows.count - height))
    }

    /// Marks a run, or takes its mark away, for commands that act on several runs.
    package mutating func toggleMark(_ id: RunID) {
        if marks.remove(id) == nil { marks.insert(id) }
    }

    /// Marks every row between two rows, both included.
    package mutating func markRange(from first: Int, to last: Int) {
        for row in min(first, last)...max(first, last) where rows.indices.contains(row) {
            marks.insert(run(at: row).id)
        }
    }

    /// Marks all runs that match, whether folded away or not; never the ancestors shown for context.
    package mutating func markAllShown() {
        for slot in order.slots where isInScope(slot) {
            if filter == nil || matches[Int(slot)] { marks.insert(table[slot].id) }
        }
    }

    /// Takes the marks off all runs, listed or not.
    package mutating func unmarkAll() {
        marks = []
        awaitedMarks = []
    }
}
