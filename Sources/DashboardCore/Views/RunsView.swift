import RunAttention
import RunModel
import RunServices
import TerminalUI

/// The run list: title, column heads and the rows in view.
enum RunsView {
    static func draw(_ dashboard: Dashboard, _ layout: Layout, on canvas: inout Canvas) {
        let isFocused = dashboard.focus == .runs
        PaneTitle.draw(
            title(dashboard), facts: facts(dashboard), isFocused: isFocused, in: layout.runsTitle,
            glyphs: dashboard.glyphs, on: &canvas)
        guard !dashboard.list.rows.isEmpty else {
            let area = Rect(
                x: layout.columnHeads.x, y: layout.columnHeads.y, width: layout.columnHeads.width,
                height: layout.columnHeads.height + layout.runRows.height)
            EmptyListView.draw(dashboard, in: area, on: &canvas)
            return
        }
        let rows = dashboard.list.rows.dropFirst(dashboard.list.top).prefix(layout.runRows.height)
        let columns = columns(dashboard, rows: rows, width: layout.runRows.width - Self.margin - 1)
        drawHeads(columns, dashboard, in: layout.columnHeads, on: &canvas)
        for (line, row) in rows.enumerated() {
            let place = Rect(
                x: layout.runRows.x, y: layout.runRows.y + line, width: layout.runRows.width, height: 1)
            RunRowView.draw(row, columns, dashboard, in: place, on: &canvas)
        }
    }

    /// Cells before the first column: selection bar or mark, status glyph, blank.
    static let margin = 4

    private static func title(_ dashboard: Dashboard) -> String {
        let separator = dashboard.glyphs.separator
        var title = "Runs \(separator) \(dashboard.experiments.name(of: dashboard.list.scope))"
        if let filter = dashboard.list.filter { title += " \(separator) /\(filter.text)" }
        return title
    }

    private static func facts(_ dashboard: Dashboard) -> String {
        let list = dashboard.list
        let glyphs = dashboard.glyphs
        var parts: [String] = []
        if !list.marks.isEmpty { parts.append("\(list.marks.count) marked") }
        parts.append("\(list.sort.column.title) \(list.sort.isDescending ? glyphs.sortDown : glyphs.sortUp)")
        if list.filter != nil { parts.append("\(list.matchCount) of \(list.scopeCount) match") }
        let known = knownCount(dashboard)
        if dashboard.polling.truncated.contains(list.scope) {
            parts.append("\(list.scopeCount) of \(known) loaded")
        } else if list.filter == nil, let row = list.selectedRow {
            parts.append("\(row + 1) of \(list.rows.count)")
        }
        return parts.joined(separator: " \(glyphs.separator) ")
    }

    private static func knownCount(_ dashboard: Dashboard) -> Int {
        switch dashboard.list.scope {
        case .all: dashboard.experiments.total.total
        case .experiment(let id):
            dashboard.experiments.experiments.first { $0.id == id }?.counts.total ?? dashboard.list.scopeCount
        }
    }

    private static func columns(
        _ dashboard: Dashboard, rows: some Collection<RunRow>, width: Int
    ) -> RunColumns {
        // Measured on the rows in view and rounded up, so that scrolling does not make the columns fidget.
        var longest = 0
        var longestStatus = 0
        var hasTags = false
        var hasProgress = false
        var usage: Set<UsageText.Column> = []
        for row in rows {
            let run = dashboard.list.table[row.slot]
            let rollUp = row.hasChildren ? 12 : 0
            longest = max(longest, TerminalText.width(of: run.name) + Int(min(row.depth, 12)) * 2 + rollUp)
            longestStatus = max(longestStatus, RunRowView.statusWidth(of: run, dashboard))
            hasTags = hasTags || !run.tags.isEmpty
            hasProgress = hasProgress || RunProgress(run, at: dashboard.now.wall) != nil
            for column in UsageText.Column.allCases where run.metrics.contains(column.metric) { usage.insert(column) }
        }
        return RunColumns(
            width: width, metrics: dashboard.metricColumns, longestStatus: longestStatus,
            longestName: (longest + 7) / 8 * 8, showsExperiment: dashboard.list.scope == .all, hasTags: hasTags,
            hasProgress: hasProgress, usage: UsageText.Column.allCases.filter(usage.contains))
    }

    private static func drawHeads(
        _ columns: RunColumns, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let sort = dashboard.list.sort
        for placed in columns.placed {
            let isSorted = placed.column.sortColumn == sort.column
            let arrow = isSorted ? (sort.isDescending ? dashboard.glyphs.sortDown : dashboard.glyphs.sortUp) : ""
            let style = isSorted ? Theme.title : Theme.quiet
            let x = rect.x + margin + placed.x
            let room = placed.width - TerminalText.width(of: arrow)
            let text =
                TerminalText.truncated(placed.column.title, to: room, ellipsis: dashboard.glyphs.ellipsis) + arrow
            if placed.column.isRightAligned {
                canvas.putRight(text, rightEdge: x + placed.width, y: rect.y, style: style, maxWidth: placed.width)
            } else {
                canvas.put(text, x: x, y: rect.y, style: style, maxWidth: placed.width)
            }
        }
    }
}
