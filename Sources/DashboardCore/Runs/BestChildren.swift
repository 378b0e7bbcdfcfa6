import RunModel

/// Which child of each parent is the best by a metric.
///
/// A family is looked through when it is first in view; after that, its cost is that of the runs which change.
package struct BestChildren: Equatable, Sendable {
    /// By what children are compared.
    package let metric: String
    /// Whether more of it is better.
    package let isMost: Bool
    /// By parent; nil for a family in which no child has the metric.
    private var best: [RunTable.Slot: RunTable.Slot?] = [:]

    init(metric: String, isMost: Bool) {
        self.metric = metric
        self.isMost = isMost
    }

    /// The best child of a family that was looked through; nil where there is none.
    func best(of parent: RunTable.Slot) -> RunTable.Slot? { best[parent] ?? nil }

    /// Looks a family through, unless that was done.
    mutating func look(at parent: RunTable.Slot, in table: RunTable) {
        guard best[parent] == nil else { return }
        var found: RunTable.Slot?
        for child in table.children(of: parent) where isBetter(child, than: found, in: table) { found = child }
        best[parent] = .some(found)
    }

    /// A run came or changed.
    mutating func note(_ change: RunTable.Change, in table: RunTable) {
        // It left a family or came into one, so that its old one is not known.
        if change.moved, change.previous != nil { return best = [:] }
        guard let parent = table.parent(of: change.slot), let known = best[parent] else { return }
        if known == change.slot {
            guard let previous = change.previous, let before = value(of: previous),
                let now = value(of: table[change.slot]), now == before || (now > before) == isMost
            else {
                // Another one may be better now.
                best[parent] = nil
                return
            }
        } else if isBetter(change.slot, than: known, in: table) {
            best[parent] = .some(change.slot)
        }
    }

    /// Runs went, and their places may be given to others.
    mutating func forget() { best = [:] }

    /// Of equals the one whose id comes first.
    private func isBetter(_ slot: RunTable.Slot, than other: RunTable.Slot?, in table: RunTable) -> Bool {
        guard let value = value(of: slot, in: table) else { return false }
        guard let other, let best = self.value(of: other, in: table) else { return true }
        if value == best { return table.runs[Int(slot)].id < table.runs[Int(other)].id }
        return (value > best) == isMost
    }

    /// Read in place, for a family may be large.
    private func value(of slot: RunTable.Slot, in table: RunTable) -> Double? {
        Self.number(table.runs[Int(slot)].metrics.value(forKey: metric))
    }

    private func value(of run: Run) -> Double? { Self.number(run.metrics.value(forKey: metric)) }

    private static func number(_ point: MetricPoint?) -> Double? {
        point?.value.number.flatMap { $0.isNaN ? nil : $0 }
    }
}

extension RunList {
    /// Marks the best child of each parent from now on; nil marks none.
    mutating func markBest(metric: String, isMost: Bool) { best = BestChildren(metric: metric, isMost: isMost) }

    /// Whether a run is marked as the best of its siblings.
    func isBest(_ slot: RunTable.Slot) -> Bool {
        guard let best, let parent = table.parent(of: slot) else { return false }
        return best.best(of: parent) == slot
    }

    /// Looks the families through of which children are on one of `height` lines.
    mutating func lookForBest(height: Int) {
        guard best != nil else { return }
        for row in rows.dropFirst(top).prefix(max(0, height)) where row.depth > 0 {
            if let parent = table.parent(of: row.slot) { best?.look(at: parent, in: table) }
        }
    }
}
