import RunModel
import RunServices

/// One pass over the ordered slots that lays the visible tree out as rows.
struct Listing {
    private let list: RunList
    private let shown: ContiguousArray<Bool>?
    private let children: ContiguousArray<[RunTable.Slot]>
    private let ranks: ContiguousArray<Int32>
    private let keepsTree: Bool
    private(set) var rows: ContiguousArray<RunRow> = []
    private(set) var matchCount = 0
    private(set) var scopeCount = 0
    /// Children still to be listed: a stack of our own, for a tree may be deeper than the thread's.
    private var pending: ContiguousArray<Place> = []

    private struct Place {
        let slot: RunTable.Slot
        let depth: Int32
        var lastBits: UInt64
    }

    /// - Parameters:
    ///   - shown: by slot, what to list; nil lists everything in scope.
    ///   - keepsTree: only the order has changed since the rows of `list` were laid out, so what is unfolded is in them.
    init(list: RunList, shown: ContiguousArray<Bool>?, keepsTree: Bool) {
        self.list = list
        self.shown = shown
        self.keepsTree = keepsTree
        children = list.table.children
        ranks = list.order.ranks
    }

    mutating func build() {
        let parents = list.table.parents
        rows.reserveCapacity(list.order.slots.count)
        for slot in list.order.slots where isInScope(slot) {
            scopeCount += 1
            if let shown {
                if list.matches[Int(slot)] { matchCount += 1 }
                if !shown[Int(slot)] { continue }
            }
            let parent = parents[Int(slot)]
            if parent < 0 || !isInScope(parent) { appendTree(slot) }
        }
        if shown == nil { matchCount = scopeCount }
    }

    private func isInScope(_ slot: RunTable.Slot) -> Bool {
        list.isInScope(slot)
    }

    /// Appends a root and what is unfolded below it.
    private mutating func appendTree(_ root: RunTable.Slot) {
        append(Place(slot: root, depth: 0, lastBits: 0))
        while let place = pending.popLast() { append(place) }
    }

    private mutating func append(_ place: Place) {
        let (hasChildren, isExpanded) = folding(of: place.slot)
        rows.append(
            RunRow(
                slot: place.slot, depth: place.depth, lastBits: place.lastBits, hasChildren: hasChildren,
                isExpanded: isExpanded, isContext: shown != nil && !list.matches[Int(place.slot)]))
        if isExpanded { pushChildren(of: place) }
    }

    /// Looking at the children of each of many, and for what a person chose, costs as much as ordering them.
    private func folding(of slot: RunTable.Slot) -> (hasChildren: Bool, isExpanded: Bool) {
        if keepsTree {
            let row = Int(list.rowOfSlot[Int(slot)])
            if row >= 0 { return (list.rows[row].hasChildren, list.rows[row].isExpanded) }
        }
        let hasChildren = hasListedChild(slot)
        return (hasChildren, hasChildren && list.isExpanded(slot))
    }

    /// A child in another experiment than its parent is listed with its own experiment, as a root.
    private func isListed(_ child: RunTable.Slot) -> Bool {
        isInScope(child) && shown?[Int(child)] ?? true
    }

    /// A loop, since `contains(where: isListed)` would copy the whole list to capture it.
    private func hasListedChild(_ slot: RunTable.Slot) -> Bool {
        for child in children[Int(slot)] where isListed(child) { return true }
        return false
    }

    /// Puts the children on the stack in the order of the list, the first one on top.
    private mutating func pushChildren(of place: Place) {
        let start = pending.count
        for child in children[Int(place.slot)] where isListed(child) {
            pending.append(Place(slot: child, depth: place.depth + 1, lastBits: place.lastBits))
        }
        guard pending.count > start else { return }
        let ranks = ranks
        pending[start...].sort { ranks[Int($0.slot)] > ranks[Int($1.slot)] }
        pending[start].lastBits |= 1 << UInt64(min(place.depth + 1, 63))
    }
}
