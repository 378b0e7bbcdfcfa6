import RunAttention
import RunModel
import RunServices
import TerminalUI

/// Opening a comparison, and its keys.
extension Dashboard {
    /// Compares the marked runs, or the child runs of the selected one.
    mutating func compareCommand() {
        guard comparison == nil else {
            comparison = nil
            return
        }
        let marked = list.marks.filter { list.table[$0] != nil }
        let (mark, key) = (keyName(.mark), keyName(.compare))
        switch marked.count {
        case 0: compareChildren()
        case ComparisonState.sizes: openComparison(ComparisonState(inListOrder(marked)))
        case 1:
            announce(.refused, "Only 1 run is marked; mark another one with \(mark), then \(key) compares them.")
        default:
            announce(
                .refused,
                "\(marked.count) runs are marked, and a comparison has room for \(ComparisonState.sizes.upperBound); "
                    + "\(keyName(.unmarkAll)) unmarks all.")
        }
    }

    private mutating func openComparison(_ state: ComparisonState) {
        comparison = state
        notice = nil
    }

    private func inListOrder(_ runs: some Collection<RunID>) -> [RunID] {
        let ranks = list.order.ranks
        return runs.compactMap { id in list.table.slot(of: id).map { (id, ranks[Int($0)]) } }
            .sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// All children of the selected run, or the best or newest of them.
    private mutating func compareChildren() {
        let children = selectedChildren
        let most = ComparisonState.sizes.upperBound
        guard let parent = list.selectedRun, children.count >= ComparisonState.sizes.lowerBound else {
            announce(
                .hint,
                "Mark 2 to \(most) runs with \(keyName(.mark)), or select a run with child runs; "
                    + "\(keyName(.compare)) then compares them.")
            return
        }
        let name = "child runs of “\(parent.name)”"
        if children.count <= most {
            openComparison(ComparisonState(inListOrder(children.map(\.id)), origin: "the \(children.count) \(name)"))
        } else if let (metric, best) = bestRuns(of: children, count: most) {
            let way = BestMetric.isScore(metric) ? "greatest" : "least"
            openComparison(
                ComparisonState(
                    best, origin: "of \(children.count) \(name) the \(best.count) with the \(way) \(metric)"))
        } else {
            let newest = children.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.prefix(most)
            openComparison(
                ComparisonState(
                    inListOrder(newest.map(\.id)), origin: "of \(children.count) \(name) the \(most) newest"))
        }
    }

    /// The best by the newest value of the first metric column that at least two have numbers in, best first.
    private func bestRuns(of runs: [Run], count: Int) -> (metric: String, runs: [RunID])? {
        for metric in metricColumns {
            let values = runs.compactMap { run in
                run.metrics.value(forKey: metric)?.value.number.flatMap { $0.isFinite ? (run.id, $0) : nil }
            }
            guard values.count >= ComparisonState.sizes.lowerBound else { continue }
            let isGreater = BestMetric.isScore(metric)
            let sorted = values.sorted { left, right in
                left.1 == right.1 ? left.0 < right.0 : isGreater ? left.1 > right.1 : left.1 < right.1
            }
            return (metric, sorted.prefix(count).map(\.0))
        }
        return nil
    }

    /// A key while a comparison is open and nothing else is.
    mutating func comparisonKey(_ key: Key, _ state: ComparisonState) -> [Effect] {
        var state = state
        switch PromptKeys.action(for: key, in: .comparison) {
        case .toggle: state.showsAll.toggle()
        case .search:
            mode = .filteringComparison(LineInput(text: state.filter))
            return []
        case .order: putInOrder(&state)
        case .close where !state.filter.isEmpty && key == .escape: state.filter = ""
        case .close:
            comparison = nil
            return []
        default:
            guard let command = keys.command(for: key) else { return [] }
            if command == .compare {
                comparison = nil
                return []
            }
            if moveInComparison(command, &state) { break }
            guard command.leavesComparisonOpen else { return [] }
            notice = nil
            return perform(command)
        }
        notice = nil
        comparison = state
        return []
    }

    mutating func comparisonFilterKey(_ key: Key, _ input: LineInput) -> [Effect] {
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept: mode = .browsing
        case .cancel:
            mode = .browsing
            comparison?.filter = ""
        default:
            guard input.handle(key) else { return [] }
            mode = .filteringComparison(input)
            comparison?.filter = input.text
        }
        return []
    }

    /// Whether the command moves something here.
    private func moveInComparison(_ command: Command, _ state: inout ComparisonState) -> Bool {
        let page = ComparisonView.page(self, state)
        switch command {
        case .left: state.left = max(0, state.left - 1)
        case .right: state.left = min(page.lastLeft, state.left + 1)
        default:
            guard let lines = distance(command, height: page.height) else { return false }
            let rows = page.table.rows
            let last = max(0, rows.count - 1)
            state.row = min(max(0, page.row.addingReportingOverflow(lines).partialValue), last)
            state.cursor = rows.isEmpty ? nil : rows[state.row].field
        }
        return true
    }

    /// Puts the runs in the order of the highlighted row, and again the other way round.
    private mutating func putInOrder(_ state: inout ComparisonState) {
        let page = ComparisonView.page(self, state)
        guard page.table.rows.indices.contains(page.row) else { return }
        let row = page.table.rows[page.row]
        let isDescending = state.order?.field == row.field && state.order?.isDescending == false
        state.order = ComparisonState.Order(field: row.field, isDescending: isDescending)
        let values = Dictionary(zip(page.table.runs.map(\.id), row.values), uniquingKeysWith: { first, _ in first })
        state.runs = ComparedOrder.sorted(state.runs, isDescending: isDescending) { values[$0] ?? .none }
        state.left = 0
        state.cursor = row.field
    }

    /// Drops runs that were deleted, and keeps the highlighted row in view.
    mutating func keepComparison() {
        guard var state = comparison else { return }
        state.runs.removeAll { list.table[$0] == nil }
        guard state.runs.count >= ComparisonState.sizes.lowerBound else {
            comparison = nil
            if case .filteringComparison = mode { mode = .browsing }
            announce(.hint, "The comparison is closed: of its runs fewer than two are left.")
            return
        }
        let page = ComparisonView.page(self, state)
        state.left = min(state.left, page.lastLeft)
        state.row = page.row
        state.top = page.top
        if state != comparison { comparison = state }
    }
}

extension Command {
    /// Whether it has nothing to do with the lists behind a comparison, and may be given there.
    var leavesComparisonOpen: Bool {
        switch self {
        case .compare, .copy, .export, .refresh, .pause, .slower, .faster, .interval, .limit, .command, .help, .redraw,
            .suspend, .quit:
            true
        default: false
        }
    }
}
