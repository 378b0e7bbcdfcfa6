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
        let columns = columns(dashboard, rows: dashboard.rowsInView, width: layout.runRows.width - Self.margin - 1)
        drawHeads(columns, dashboard, in: layout.columnHeads, on: &canvas)
        if layout.baseline.height > 0, let row = dashboard.baselineRow {
            RunRowView.draw(row, columns, dashboard, isPinned: true, in: layout.baseline, on: &canvas)
        }
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
        let isStandard = dashboard.columnChoice == .standard && dashboard.firstColumn == 0
        let chosen = chosenColumns(dashboard)
        let needs = needs(dashboard, rows: rows, columns: isStandard ? [] : chosen)
        if isStandard {
            return RunColumns(
                width: width, metrics: dashboard.metricColumns, showsExperiment: dashboard.list.scope == .all, needs)
        }
        return RunColumns(width: width, columns: chosen, first: dashboard.firstColumn, needs)
    }

    /// The runs of one experiment need not name it.
    private static func chosenColumns(_ dashboard: Dashboard) -> [ListColumn] {
        dashboard.shownColumns.filter { $0 != .experiment || dashboard.list.scope == .all }
    }

    /// Measured on the rows in view and rounded up, so that scrolling does not make the columns fidget.
    private static func needs(
        _ dashboard: Dashboard, rows: some Collection<RunRow>, columns: [ListColumn]
    ) -> RunColumns.Needs {
        var needs = RunColumns.Needs(texts: columns.map { _ in 0 })
        var longest = 0
        for row in rows {
            let run = dashboard.list.table[row.slot]
            let rollUp = row.hasChildren ? 14 : 0
            let marks = RunRowView.nameMarks(of: run, row, dashboard).count * 2
            longest = max(longest, TerminalText.width(of: run.name) + Int(min(row.depth, 12)) * 2 + rollUp + marks)
            needs.status = max(needs.status, RunRowView.statusWidth(of: run, dashboard))
            needs.hasTags = needs.hasTags || !run.tags.isEmpty
            needs.hasProgress = needs.hasProgress || RunProgress(run, at: dashboard.now.wall) != nil
            for usage in UsageText.Column.allCases where run.metrics.contains(usage.metric) {
                needs.usage.insert(usage)
            }
            for (index, column) in columns.enumerated() {
                needs.texts[index] = max(needs.texts[index], RunCellView.textWidth(column, of: run))
            }
        }
        needs.name = (longest + 7) / 8 * 8
        for index in needs.texts.indices { needs.texts[index] = (needs.texts[index] + 3) / 4 * 4 }
        return needs
    }

    /// The first column when the last one is on screen; 0 where all columns fit.
    static func lastFirstColumn(_ dashboard: Dashboard) -> Int {
        let rows = dashboard.layout.runRows
        let width = rows.width - margin - 1
        let columns = chosenColumns(dashboard)
        let needs = needs(dashboard, rows: dashboard.rowsInView, columns: columns)
        let last = columns.indices.first { first in
            RunColumns(width: width, columns: columns, first: first, needs).hiddenRight == 0
        }
        guard dashboard.columnChoice == .standard, last == 0 else { return last ?? max(0, columns.count - 1) }
        // The usual list leaves columns out rather than its sparklines; scrolled, all of them have room.
        let usual = RunColumns(
            width: width, metrics: dashboard.metricColumns, showsExperiment: dashboard.list.scope == .all, needs)
        let isWhole =
            usual.placed.count(where: { $0.column.isMetric && $0.column.usage == nil }) == dashboard.metricColumns.count
        return isWhole ? 0 : 1
    }

    private static func title(_ column: ListColumn, _ dashboard: Dashboard) -> String {
        (column.isMetric && column.usage == nil && dashboard.baselineRun != nil
            ? BaselineText.head(dashboard.glyphs) : "") + column.title
    }

    /// What the column at `x` sorts by; nil beside all columns.
    static func column(at x: Int, _ dashboard: Dashboard, _ layout: Layout) -> SortOrder.Column? {
        guard !dashboard.list.rows.isEmpty else { return nil }
        let columns = columns(dashboard, rows: dashboard.rowsInView, width: layout.runRows.width - margin - 1)
        let place = x - layout.columnHeads.x - margin
        // The gap behind a column is its own.
        return columns.placed.last { $0.x <= place && place <= $0.x + $0.width }?.column.sortColumn
    }

    private static func drawHeads(
        _ columns: RunColumns, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let sort = dashboard.list.sort
        for placed in columns.placed {
            let isSorted = placed.column.sortColumn.map { $0 == sort.column } ?? false
            let arrow = isSorted ? (sort.isDescending ? dashboard.glyphs.sortDown : dashboard.glyphs.sortUp) : ""
            let style = isSorted ? Theme.title : Theme.quiet
            let x = rect.x + margin + placed.x
            let room = placed.width - TerminalText.width(of: arrow)
            let text =
                TerminalText.truncated(title(placed.column, dashboard), to: room, ellipsis: dashboard.glyphs.ellipsis)
                + arrow
            if placed.column.isRightAligned {
                canvas.putRight(text, rightEdge: x + placed.width, y: rect.y, style: style, maxWidth: placed.width)
            } else {
                canvas.put(text, x: x, y: rect.y, style: style, maxWidth: placed.width)
            }
        }
        if columns.hiddenLeft > 0, columns.placed.count > 2 {
            let x = rect.x + margin + columns.placed[2].x - 2
            canvas.put(dashboard.glyphs.arrowLeft, x: x, y: rect.y, style: Theme.accent)
        }
        if columns.hiddenRight > 0 {
            canvas.put(dashboard.glyphs.arrowRight, x: rect.maxX - 1, y: rect.y, style: Theme.accent)
        }
    }
}
