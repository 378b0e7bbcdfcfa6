import RunModel
import TerminalUI

/// The child runs of the selected run: how they are doing together, then one a line.
enum ChildrenView {
    static func draw(_ run: Run, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let children = dashboard.selectedChildren
        guard !children.isEmpty else {
            canvas.put("This run has no child runs.", x: rect.x, y: rect.y, style: Theme.quiet, maxWidth: rect.width)
            return
        }
        let summary = RollUpText.sentence(dashboard.list.table.rollUp(of: run.id))
        canvas.put(summary, x: rect.x, y: rect.y, style: Theme.title, maxWidth: rect.width)
        let height = rect.height - 1
        guard height > 0 else { return }
        let cursor = min(dashboard.detail.childCursor, children.count - 1)
        let top = max(0, min(cursor - height + 1, children.count - height))
        for (index, child) in children.dropFirst(top).prefix(height).enumerated() {
            let place = Rect(x: rect.x, y: rect.y + 1 + index, width: rect.width, height: 1)
            drawChild(child, dashboard, in: place, on: &canvas)
            if dashboard.focus == .detail, top + index == cursor { canvas.restyle(place, Theme.selected) }
        }
    }

    /// As wide as the longest known word.
    private static let statusWidth = 13

    private static func drawChild(_ child: Run, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let status = RunRowView.shownStatus(of: child, in: dashboard)
        canvas.put(status.glyph(dashboard.glyphs), x: rect.x, y: rect.y, style: dashboard.colors.shape(of: status))
        canvas.put(
            status.label, x: rect.x + 2, y: rect.y, style: dashboard.colors.word(of: status), maxWidth: statusWidth)
        let nameX = rect.x + 2 + statusWidth + 2
        canvas.put(child.name, x: nameX, y: rect.y, maxWidth: 28)
        let duration = child.duration(at: dashboard.now.wall).map(TimeText.duration) ?? dashboard.glyphs.missing
        canvas.putRight(duration, rightEdge: nameX + 38, y: rect.y, maxWidth: 8)
        var parts = dashboard.metricColumns.prefix(2).compactMap { key in
            child.metrics.value(forKey: key)?.value.number.map { "\(key) \(NumberText.compact($0))" }
        }
        parts += child.params.entries.prefix(3).map { "\($0.key)=\($0.value)" }
        canvas.put(
            parts.joined(separator: "  "), x: nameX + 41, y: rect.y, style: Theme.quiet,
            maxWidth: rect.maxX - nameX - 41)
    }
}
