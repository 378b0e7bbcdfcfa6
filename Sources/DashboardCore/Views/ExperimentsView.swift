import RunModel
import TerminalUI

/// The left pane: experiments with active and total counts.
enum ExperimentsView {
    static func draw(_ dashboard: Dashboard, _ layout: Layout, on canvas: inout Canvas) {
        let list = dashboard.experiments
        let isFocused = dashboard.focus == .experiments
        PaneTitle.draw(
            "Experiments", isFocused: isFocused, in: layout.experimentsTitle, glyphs: dashboard.glyphs, on: &canvas)
        let rect = layout.experimentRows
        let current = list.row(of: dashboard.list.scope)
        for line in 0..<rect.height {
            canvas.put(dashboard.glyphs.vertical, x: rect.maxX - 1, y: rect.y + line, style: Theme.quiet)
            let row = list.top + line
            guard row < list.count else { continue }
            let name = row == 0 ? "All" : list.experiments[row - 1].name
            let counts = row == 0 ? list.total : list.experiments[row - 1].counts
            let y = rect.y + line
            let isCurrent = row == current
            // What could not be read is not nothing.
            let facts = dashboard.polling.lastSuccess == nil ? "" : facts(counts)
            canvas.putRight(
                facts, rightEdge: rect.maxX - 2, y: y,
                style: counts.active > 0 ? dashboard.colors.word(of: .running) : Theme.quiet, maxWidth: rect.width - 6)
            let room = rect.width - 5 - TerminalText.width(of: facts)
            canvas.put(
                name, x: rect.x + 2, y: y, style: isCurrent ? Theme.title : .plain, maxWidth: max(4, room))
            if isCurrent { canvas.put(dashboard.glyphs.selectionBar, x: rect.x, y: y, style: Theme.accent) }
            if isFocused && row == list.cursor {
                canvas.restyle(Rect(x: rect.x, y: y, width: rect.width - 1, height: 1), Theme.selected)
            }
        }
    }

    /// Active of all, or all alone.
    static func facts(_ counts: StatusCounts) -> String {
        counts.active > 0 ? "\(counts.active) / \(counts.total)" : "\(counts.total)"
    }
}
