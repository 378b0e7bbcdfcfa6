import RunModel
import RunServices

@testable import DashboardCore

/// What the run list should show, computed from scratch in the plainest way.
struct NaiveList {
    var runs: [RunID: Run]
    var scope: RunScope
    var filter: Filter?
    var sort: SortOrder
    var now: Timestamp
    var isExpanded: (Run) -> Bool

    struct Row: Equatable, CustomStringConvertible {
        let id: String
        let depth: Int
        let hasChildren: Bool
        let isExpanded: Bool
        let isContext: Bool

        var description: String { "\(String(repeating: " ", count: depth))\(id)\(hasChildren ? "+" : "")" }
    }

    var rows: [Row] {
        let shown = scoped.filter { isShown($0, depth: 0) }
        let roots = shown.filter { parent(of: $0) == nil }
        return ordered(roots).flatMap { rows($0, depth: 0) }
    }

    var scoped: [Run] { runs.values.filter(isInScope) }

    var matchCount: Int { scoped.filter(matches).count }

    private func rows(_ run: Run, depth: Int) -> [Row] {
        let below = ordered(children(of: run).filter { isShown($0, depth: 0) })
        let isOpen = !below.isEmpty && isExpanded(run)
        let row = Row(
            id: run.id.text, depth: depth, hasChildren: !below.isEmpty, isExpanded: isOpen,
            isContext: !matches(run))
        return [row] + (isOpen ? below.flatMap { rows($0, depth: depth + 1) } : [])
    }

    private func isShown(_ run: Run, depth: Int) -> Bool {
        matches(run) || children(of: run).contains { isShown($0, depth: depth + 1) }
    }

    private func matches(_ run: Run) -> Bool { filter?.matches(run, at: now) ?? true }

    private func isInScope(_ run: Run) -> Bool {
        if case .experiment(let id) = scope { return run.experimentID == id }
        return true
    }

    private func parent(of run: Run) -> Run? {
        run.parentID.flatMap { runs[$0] }.flatMap { isInScope($0) && $0.id != run.id ? $0 : nil }
    }

    private func children(of run: Run) -> [Run] { scoped.filter { parent(of: $0)?.id == run.id } }

    private func ordered(_ runs: [Run]) -> [Run] {
        runs.sorted { left, right in
            let keys = (SortKey(left, column: sort.column, now: now), SortKey(right, column: sort.column, now: now))
            if (keys.0 == .missing) != (keys.1 == .missing) { return keys.1 == .missing }
            let order = keys.0.compared(with: keys.1)
            if order != 0 { return sort.isDescending ? order > 0 : order < 0 }
            let started = (left.startedAt ?? left.createdAt, right.startedAt ?? right.createdAt)
            return started.0 == started.1 ? left.id < right.id : started.0 > started.1
        }
    }
}
