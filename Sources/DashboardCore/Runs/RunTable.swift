import RunAttention
package import RunModel

/// Every run loaded so far, addressed by a small slot number, with its place in the tree of parents and children.
///
/// Slots never move while a run is loaded, so lists, marks and caches hold four bytes a run instead of its id.
package struct RunTable: Sendable {
    /// A run's place in the table; it may be given to another run once this one was removed.
    package typealias Slot = Int32

    private(set) var runs: ContiguousArray<Run> = []
    /// -1 for a root, and for a run whose parent is not loaded.
    private(set) var parents: ContiguousArray<Slot> = []
    private(set) var children: ContiguousArray<[Slot]> = []
    private(set) var isLive: ContiguousArray<Bool> = []
    private var slots: [RunID: Slot] = [:]
    /// Children that arrived before their parent.
    private var waiting: [RunID: [Slot]] = [:]
    /// Runs whose link to a loaded parent would have closed a circle; they wait, and are tried again when others move.
    private var refused: Set<Slot> = []
    private var free: [Slot] = []

    package init() {}

    /// How many runs are loaded.
    package var count: Int { slots.count }

    /// One more than the largest slot in use.
    var capacity: Int { runs.count }

    func slot(of id: RunID) -> Slot? { slots[id] }

    /// The run with this id; nil when it is not loaded.
    package subscript(id: RunID) -> Run? {
        slots[id].map { runs[Int($0)] }
    }

    subscript(slot: Slot) -> Run { runs[Int(slot)] }

    func children(of slot: Slot) -> [Slot] { children[Int(slot)] }

    func parent(of slot: Slot) -> Slot? {
        let parent = parents[Int(slot)]
        return parent < 0 ? nil : parent
    }

    /// What a merge did to one slot.
    struct Change {
        let slot: Slot
        /// The run as it was; nil for a new one.
        let previous: Run?
        /// Its parent, or whether it has one here, is not what it was.
        let moved: Bool
    }

    /// Adds or replaces a run; nil when nothing about it changed.
    mutating func merge(_ run: Run) -> Change? {
        if let slot = slots[run.id] {
            let previous = runs[Int(slot)]
            if previous == run { return nil }
            runs[Int(slot)] = run
            let moved = previous.parentID != run.parentID
            if moved {
                unlink(slot, from: previous.parentID)
                link(slot, to: run.parentID)
                retryRefused()
            }
            return Change(slot: slot, previous: previous, moved: moved)
        }
        let slot = newSlot(for: run)
        slots[run.id] = slot
        link(slot, to: run.parentID)
        for child in waiting.removeValue(forKey: run.id) ?? [] { link(child, to: run.id) }
        return Change(slot: slot, previous: nil, moved: true)
    }

    /// The runs of experiments that are called otherwise now, with the new names.
    func runs(of renamed: [ExperimentID: String]) -> [Run] {
        if renamed.isEmpty { return [] }
        return slots.values.compactMap { slot in
            var run = runs[Int(slot)]
            guard let name = renamed[run.experimentID], name != run.experimentName else { return nil }
            run.experimentName = name
            return run
        }
    }

    /// Forgets a run; its children become roots until their parent returns.
    mutating func remove(_ id: RunID) -> Slot? {
        guard let slot = slots.removeValue(forKey: id) else { return nil }
        unlink(slot, from: runs[Int(slot)].parentID)
        for child in children[Int(slot)] {
            parents[Int(child)] = -1
            waiting[id, default: []].append(child)
        }
        for child in refused where runs[Int(child)].parentID == id {
            refused.remove(child)
            waiting[id, default: []].append(child)
        }
        children[Int(slot)] = []
        isLive[Int(slot)] = false
        free.append(slot)
        retryRefused()
        return slot
    }

    private mutating func newSlot(for run: Run) -> Slot {
        if let slot = free.popLast() {
            runs[Int(slot)] = run
            parents[Int(slot)] = -1
            isLive[Int(slot)] = true
            return slot
        }
        runs.append(run)
        parents.append(-1)
        children.append([])
        isLive.append(true)
        return Slot(runs.count - 1)
    }

    private mutating func link(_ slot: Slot, to parentID: RunID?) {
        parents[Int(slot)] = -1
        guard let parentID, parentID != runs[Int(slot)].id else { return }
        guard let parent = slots[parentID] else {
            waiting[parentID, default: []].append(slot)
            return
        }
        if isAncestor(slot, of: parent) {
            refused.insert(slot)
        } else {
            parents[Int(slot)] = parent
            children[Int(parent)].append(slot)
        }
    }

    private mutating func retryRefused() {
        guard !refused.isEmpty else { return }
        for slot in refused.sorted() {
            refused.remove(slot)
            link(slot, to: runs[Int(slot)].parentID)
        }
    }

    /// Guards the tree against a service that claims a run to be its own ancestor.
    private func isAncestor(_ slot: Slot, of other: Slot) -> Bool {
        var current = other
        while current >= 0 {
            if current == slot { return true }
            current = parents[Int(current)]
        }
        return false
    }

    private mutating func unlink(_ slot: Slot, from parentID: RunID?) {
        if let parent = parent(of: slot) {
            children[Int(parent)].removeAll { $0 == slot }
            parents[Int(slot)] = -1
        } else if refused.remove(slot) == nil, let parentID {
            waiting[parentID]?.removeAll { $0 == slot }
            if waiting[parentID]?.isEmpty == true { waiting[parentID] = nil }
        }
    }
}

extension RunTable {
    /// How the direct children of a run are doing.
    package func rollUp(of id: RunID) -> StatusCounts {
        guard let slot = slots[id] else { return StatusCounts() }
        return rollUp(of: slot)
    }

    func rollUp(of slot: Slot) -> StatusCounts {
        var counts = StatusCounts()
        for child in children[Int(slot)] { counts.add(1, of: runs[Int(child)].status) }
        return counts
    }

    /// Parent, grandparent and so on, as far as they are loaded.
    package func ancestors(of id: RunID) -> [RunID] {
        var result: [RunID] = []
        var current = slots[id].flatMap(parent(of:))
        while let slot = current {
            result.append(runs[Int(slot)].id)
            current = parent(of: slot)
        }
        return result
    }

    /// Every descendant of a run that is loaded, parents before children.
    package func descendants(of id: RunID) -> [Run] {
        guard let slot = slots[id] else { return [] }
        var result: [Run] = []
        var pending = children[Int(slot)]
        var index = 0
        while index < pending.count {
            result.append(runs[Int(pending[index])])
            pending.append(contentsOf: children[Int(pending[index])])
            index += 1
        }
        return result
    }
}

extension RunTable: RunIndex {
    /// The run with this id; nil when it is not loaded.
    package func run(_ id: RunID) -> Run? { self[id] }

    /// How the loaded children of a run are doing.
    package func childCounts(of id: RunID) -> StatusCounts { rollUp(of: id) }
}
