import RunModel
import TerminalUI

extension Dashboard {
    /// The wheel scrolls what is under it; a click chooses what is under it, and confirms nothing.
    mutating func pointed(_ mouse: Mouse) -> [Effect] {
        let isWheel = mouse.gesture != .click
        guard mode == .browsing, queues == nil else { return isWheel ? turnWheel(mouse) : [] }
        let (x, y, layout) = (mouse.position.x, mouse.position.y, layout)
        func isIn(_ rect: Rect) -> Bool { rect.contains(x: x, y: y) }
        if isIn(layout.detail) {
            if !isWheel, isIn(layout.detailTitle), let tab = DetailView.tab(at: x, self, in: layout.detailTitle) {
                detail.tab = tab
            }
            return go(to: .detail, mouse)
        }
        if isIn(layout.experimentsTitle) || isIn(layout.experimentRows) {
            let row = experiments.top + y - layout.experimentRows.y
            // The pane comes up with the cursor on what is listed.
            let effects = go(to: .experiments, mouse)
            guard !isWheel, isIn(layout.experimentRows), row < experiments.count else { return effects }
            experiments.cursor = row
            return enterExperiment()
        }
        if isIn(layout.columnHeads), !isWheel {
            focus = .runs
            if let column = RunsView.column(at: x, self, layout) { sortByClick(column) }
            return []
        }
        if isIn(layout.runsTitle) || isIn(layout.columnHeads) || isIn(layout.runRows) {
            let row = list.top + y - layout.runRows.y
            let effects = go(to: .runs, mouse)
            if !isWheel, isIn(layout.runRows), list.rows.indices.contains(row) { list.select(row: row) }
            return effects
        }
        return []
    }

    /// Lines for a notch of the wheel.
    private static let notch = 3

    /// Gives a pane the focus, and moves in it when the wheel turns.
    private mutating func go(to pane: Pane, _ mouse: Mouse) -> [Effect] {
        if pane == .experiments, focus != .experiments { experiments.cursor = experiments.row(of: list.scope) }
        if !detail.isZoomed { focus = pane }
        guard mouse.gesture != .click else { return [] }
        return (0..<Self.notch).flatMap { _ in move(mouse.gesture == .wheelUp ? .up : .down) }
    }

    /// Over the lists: as the keys do that move there. Nothing where a key would be an answer.
    private mutating func turnWheel(_ mouse: Mouse) -> [Effect] {
        let isUp = mouse.gesture == .wheelUp
        switch mode {
        case .helping, .reporting, .reviewingEvents, .browsingArtifacts, .sorting, .choosingService, .choosingLog:
            guard let key = keys.keys(for: isUp ? .up : .down).first else { return [] }
            return (0..<Self.notch).flatMap { _ in pressedKey(key) }
        case .browsing where queues != nil:
            guard let key = keys.keys(for: isUp ? .up : .down).first else { return [] }
            return pressedKey(key)
        case .commanding: return pressedKey(isUp ? .up : .down)
        default: return []
        }
    }

    private mutating func sortByClick(_ column: SortOrder.Column) {
        let sort = list.sort
        setSort(
            sort.column == column
                ? SortOrder(column: column, isDescending: !sort.isDescending) : SortOrder(firstBy: column))
    }
}
