package import RunAttention
package import RunModel
import RunServices

extension RunList {
    /// What a batch meant for the list.
    package struct MergeOutcome: Equatable, Sendable {
        /// Ids whose values are new.
        package var changed: Set<RunID> = []
        /// What came or changed, in the order of the batch.
        package var changes: [RunChange] = []
        /// Rows came, went or moved.
        package var isRelisted = false
    }

    /// Takes in changed and gone runs. Lists anew only when a row can have come, gone or moved.
    ///
    /// - Parameter isLoading: the first full read is under way, so folding by size is still undecided.
    package mutating func merge(
        _ runs: [Run], gone: [RunID], at now: Timestamp, isLoading: Bool
    ) -> MergeOutcome {
        var outcome = MergeOutcome()
        var replaced = Set<RunTable.Slot>()
        var relist = false
        let selectedRow = selectedRow
        for run in runs {
            guard let change = table.merge(run) else { continue }
            outcome.changed.insert(run.id)
            outcome.changes.append(RunChange(previous: change.previous, run: run))
            noteMatch(of: change, at: now, relist: &relist)
            best?.note(change, in: table)
            if !awaitedMarks.isEmpty, awaitedMarks.remove(run.id) != nil { marks.insert(run.id) }
            if let previous = change.previous, !change.moved {
                if order.isAffected(by: previous, becoming: run, now: now) { replaced.insert(change.slot) }
                if previous.experimentID != run.experimentID { relist = true }
            } else {
                replaced.insert(change.slot)
            }
        }
        for id in gone {
            guard let slot = table.remove(id) else { continue }
            outcome.changed.insert(id)
            best?.forget()
            marks.remove(id)
            folds[id] = nil
            openedByDefault.remove(slot)
            knownParents.remove(slot)
            replaced.insert(slot)
        }
        if !replaced.isEmpty {
            order.place(replaced, in: table, now: now)
            relist = true
        }
        if relist {
            decideFolds(of: replaced, again: isLoading)
            self.relist(previousRow: selectedRow)
            outcome.isRelisted = true
        }
        return outcome
    }

    private mutating func noteMatch(of change: RunTable.Change, at now: Timestamp, relist: inout Bool) {
        guard let filter else { return }
        let index = Int(change.slot)
        while matches.count <= index { matches.append(false) }
        let run = table[change.slot]
        let isMatch = filter.matches(run, at: now, marks: stalled.contains(run.id) ? .stalled : [])
        if matches[index] != isMatch { relist = true }
        matches[index] = isMatch
    }

    /// Unfolds small families when they are first seen.
    private mutating func decideFolds(of slots: Set<RunTable.Slot>, again: Bool) {
        var parents = Set<RunTable.Slot>()
        for slot in slots where table.isLive[Int(slot)] {
            if let parent = table.parent(of: slot) { parents.insert(parent) }
            if !table.children(of: slot).isEmpty { parents.insert(slot) }
        }
        for parent in parents where again || !knownParents.contains(parent) {
            knownParents.insert(parent)
            if table.children(of: parent).count <= Self.openChildLimit {
                openedByDefault.insert(parent)
            } else {
                openedByDefault.remove(parent)
            }
        }
    }
}
