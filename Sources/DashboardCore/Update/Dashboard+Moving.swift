package import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    mutating func move(_ command: Command) -> [Effect] {
        switch focus {
        case .experiments: return moveInExperiments(command)
        case .runs: return moveInRuns(command)
        case .detail: return moveInDetail(command)
        }
    }

    /// How far a moving command goes, in lines of a pane `height` lines tall.
    func distance(_ command: Command, height: Int) -> Int? {
        switch command {
        case .up: -1
        case .down: 1
        case .pageUp: -max(1, height - 1)
        case .pageDown: max(1, height - 1)
        case .halfPageUp: -max(1, height / 2)
        case .halfPageDown: max(1, height / 2)
        case .first: -Int(Int32.max)
        case .last: Int(Int32.max)
        default: nil
        }
    }

    private mutating func moveInExperiments(_ command: Command) -> [Effect] {
        if let lines = distance(command, height: layout.experimentRows.height) {
            experiments.cursor = min(max(0, experiments.cursor + lines), experiments.count - 1)
            return enterExperiment()
        }
        if command == .open || command == .right { focus = .runs }
        return []
    }

    private mutating func moveInRuns(_ command: Command) -> [Effect] {
        if let lines = distance(command, height: layout.runRows.height) {
            list.moveSelection(by: lines)
            return []
        }
        guard let row = list.selectedRow, let id = list.selectedID else { return [] }
        let current = list.rows[row]
        switch command {
        case .left where current.isExpanded: list.setExpanded(false, id)
        case .left:
            if let parent = list.table.parent(of: current.slot), list.rowOfSlot[Int(parent)] >= 0 {
                list.select(row: Int(list.rowOfSlot[Int(parent)]))
            }
        case .right where current.hasChildren && !current.isExpanded: list.setExpanded(true, id)
        case .right where current.isExpanded: list.moveSelection(by: 1)
        case .open: focus = .detail
        default: break
        }
        return []
    }

    private mutating func moveInDetail(_ command: Command) -> [Effect] {
        let height = layout.detailBody.height
        if detail.tab == .metrics, moveChartCursor(command) { return [] }
        switch (detail.tab, command) {
        case (.children, .open):
            if let child = highlightedChild {
                list.reveal(child.id)
                focus = .runs
                if list.selectedID != child.id {
                    announce(
                        .hint, "“\(child.name)” is not listed: the filter hides it, or another experiment has it."
                    )
                }
            }
        case (.logs, .first): toLogStart()
        case (.logs, .last): followLog()
        case (.logs, .left): detail.log.left = max(0, detail.log.left - max(1, layout.detailBody.width / 2))
        case (.logs, .right): detail.log.left += max(1, layout.detailBody.width / 2)
        case (_, .open): zoom()
        case (_, .left): turnTab(by: -1)
        case (_, .right): turnTab(by: 1)
        default:
            guard let lines = distance(command, height: height) else { return [] }
            scrollDetail(by: lines, height: height)
        }
        return []
    }

    private mutating func turnTab(by offset: Int) {
        let tabs = DetailState.Tab.allCases
        let index = tabs.firstIndex(of: detail.tab) ?? 0
        detail.tab = tabs[min(max(0, index + offset), tabs.count - 1)]
    }

    private mutating func scrollDetail(by lines: Int, height: Int) {
        switch detail.tab {
        case .logs: scrollLog(by: lines)
        case .children:
            let count = selectedChildren.count
            detail.childCursor = min(max(0, detail.childCursor + lines), max(0, count - 1))
            detail.highlightedChild = nil
        case .overview, .metrics, .tags:
            let last = max(0, detailContentHeight - height)
            detail.scroll[detail.tab] = min(max(0, detail.scroll[detail.tab, default: 0] + lines), last)
        }
    }

    /// The children of the selected run, in the order of the list.
    package var selectedChildren: [Run] {
        guard let id = list.selectedID, let slot = list.table.slot(of: id) else { return [] }
        let ranks = list.order.ranks
        return list.table.children(of: slot).sorted { ranks[Int($0)] < ranks[Int($1)] }.map { list.table[$0] }
    }

    var highlightedChild: Run? {
        let children = selectedChildren
        return children.isEmpty ? nil : children[min(detail.childCursor, children.count - 1)]
    }

    /// Keeps the cursor in the Children tab on its run, whatever comes, goes or is sorted anew around it.
    mutating func keepHighlightedChild() {
        guard detail.tab == .children else { return }
        if detail.childrenOf != list.selectedID {
            detail.childrenOf = list.selectedID
            detail.childCursor = 0
            detail.highlightedChild = nil
        }
        let children = selectedChildren
        if let id = detail.highlightedChild, let row = children.firstIndex(where: { $0.id == id }) {
            detail.childCursor = row
        } else {
            detail.childCursor = max(0, min(detail.childCursor, children.count - 1))
            detail.highlightedChild = children.isEmpty ? nil : children[detail.childCursor].id
        }
    }

    mutating func moveFocus(by offset: Int) {
        var panes: [Pane] = [.experiments, .runs]
        if size.rows >= Layout.leastRowsForDetail || layout.detail.height > 0 { panes.append(.detail) }
        let index = panes.firstIndex(of: focus) ?? 1
        focus = panes[(index + offset + panes.count) % panes.count]
        if focus != .detail { detail.isZoomed = false }
        if focus == .experiments { experiments.cursor = experiments.row(of: list.scope) }
    }

    /// Shows one side of the selected run.
    mutating func show(_ command: Command) {
        switch command {
        case .metrics: detail.tab = .metrics
        case .logs: detail.tab = .logs
        case .tags: detail.tab = .tags
        case .children: detail.tab = .children
        default: detail.tab = .overview
        }
        // Where both panes don't fit, a tab key must still show something.
        if layout.detail.height == 0 { focus = .detail }
    }

    mutating func zoom() {
        detail.isZoomed.toggle()
        focus = detail.isZoomed ? .detail : .runs
    }

    mutating func mark(_ command: Command) {
        switch command {
        case .mark:
            guard let id = list.selectedID else { return }
            list.toggleMark(id)
            markAnchor = id
            list.moveSelection(by: 1)
        case .markRange:
            guard let row = list.selectedRow else { return }
            guard let anchor = markAnchor.flatMap({ list.row(of: $0) }) else {
                let (mark, range) = (keyName(.mark), keyName(.markRange))
                announce(.hint, "Mark one end with \(mark) first; \(range) marks from there to the cursor.")
                return
            }
            list.markRange(from: anchor, to: row)
            announceMarks()
        case .markAll:
            list.markAllShown()
            announceMarks()
        default:
            list.unmarkAll()
            markAnchor = nil
        }
    }

    private mutating func announceMarks() {
        let count = list.marks.count
        let key = keyName(.unmarkAll)
        announce(
            .done, count == 1 ? "1 run is marked; \(key) unmarks it." : "\(count) runs are marked; \(key) unmarks them."
        )
    }
}
