import RunAttention
import RunModel
import RunServices
import TerminalUI

/// One line of the run list.
enum RunRowView {
    static func draw(
        _ row: RunRow, _ columns: RunColumns, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let run = dashboard.list.table[row.slot]
        let status = shownStatus(of: run, in: dashboard)
        let y = rect.y
        if dashboard.list.marks.contains(run.id) {
            canvas.put(dashboard.glyphs.mark, x: rect.x, y: y, style: Theme.accent)
        }
        if dashboard.attention.watchedRuns.contains(run.id) {
            canvas.put(dashboard.glyphs == .ascii ? "w" : "◎", x: rect.x + 1, y: y, style: Theme.accent)
        }
        canvas.put(status.glyph(dashboard.glyphs), x: rect.x + 2, y: y, style: Theme.shape(of: status))
        for placed in columns.placed {
            let cell = Rect(x: rect.x + RunsView.margin + placed.x, y: y, width: placed.width, height: 1)
            draw(placed.column, of: run, row, status, columns, dashboard, in: cell, on: &canvas)
        }
        if row.isContext { canvas.restyle(rect) { $0.dim() } }
        if dashboard.list.selectedID == run.id {
            if dashboard.focus == .runs {
                canvas.restyle(rect, Theme.selected)
            } else {
                canvas.put(dashboard.glyphs.selectionBar, x: rect.x, y: y, style: Theme.accent)
            }
        }
    }

    /// A cancel that was sent shows at once, before the service's answer.
    static func shownStatus(of run: Run, in dashboard: Dashboard) -> RunStatus {
        if case .cancel = dashboard.inFlight[run.id], run.status.isActive { return .cancelRequested }
        return run.status
    }

    private static func draw(
        _ column: RunColumns.Column, of run: Run, _ row: RunRow, _ status: RunStatus, _ columns: RunColumns,
        _ dashboard: Dashboard, in cell: Rect, on canvas: inout Canvas
    ) {
        let now = dashboard.now.wall
        switch column {
        case .status:
            drawStatus(status, of: run, dashboard, in: cell, on: &canvas)
        case .name: drawName(of: run, row, dashboard, in: cell, on: &canvas)
        case .experiment:
            canvas.put(run.experimentName, x: cell.x, y: cell.y, style: Theme.quiet, maxWidth: cell.width)
        case .started:
            let text =
                run.startedAt.map { TimeText.brief($0, now: now, zone: dashboard.zone) } ?? dashboard.glyphs.missing
            canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, maxWidth: cell.width)
        case .duration:
            let text = ProgressText.column(run, dashboard, width: cell.width)
            canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, maxWidth: cell.width)
        case .metric(let key):
            drawMetric(key, of: run, hasSparkline: columns.hasSparklines, dashboard, in: cell, on: &canvas)
        case .usage(let usage):
            guard let text = usage.text(run) else { return }
            let style = run.status.isActive ? Style.plain : Theme.quiet
            canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, style: style, maxWidth: cell.width)
        case .tags:
            canvas.put(TagText.line(run.tags), x: cell.x, y: cell.y, style: Theme.quiet, maxWidth: cell.width)
        }
    }

    /// The status, and behind it what about the run asks for attention.
    private static func drawStatus(
        _ status: RunStatus, of run: Run, _ dashboard: Dashboard, in cell: Rect, on canvas: inout Canvas
    ) {
        let isStuck = dashboard.attention.tracker.isStuck(run.id)
        let text = AttentionText.status(status, of: run, dashboard)
        let style = isStuck ? Theme.caution : Theme.word(of: status)
        let width = canvas.put(text, x: cell.x, y: cell.y, style: style, maxWidth: cell.width) + 1
        guard let mark = mark(of: run, dashboard) else { return }
        canvas.put(
            mark.glyph + mark.word, x: cell.x + width, y: cell.y, style: Theme.caution, maxWidth: cell.width - width)
    }

    /// The status NotResponding says itself that a run is silent.
    private static func mark(of run: Run, _ dashboard: Dashboard) -> (glyph: String, word: String)? {
        var marks = dashboard.attention.tracker.marks(of: run)
        if run.status == .notResponding { marks.remove(.silent) }
        return AttentionText.mark(marks, dashboard.glyphs)
    }

    /// Cells that the status column needs for a run.
    static func statusWidth(of run: Run, _ dashboard: Dashboard) -> Int {
        let text = AttentionText.status(shownStatus(of: run, in: dashboard), of: run, dashboard)
        let mark = mark(of: run, dashboard)
        return TerminalText.width(of: text) + (mark.map { TerminalText.width(of: $0.glyph + $0.word) + 1 } ?? 0)
    }

    /// Guide lines, fold mark, name, and how the children are doing.
    private static func drawName(
        of run: Run, _ row: RunRow, _ dashboard: Dashboard, in cell: Rect, on canvas: inout Canvas
    ) {
        let glyphs = dashboard.glyphs
        var x = cell.x
        // Deep trees keep at least half of the column for the name.
        let depths = max(0, Int(row.depth) - cell.width / 4)..<Int(row.depth)
        for depth in depths {
            let isOwn = depth == Int(row.depth) - 1
            let isLast = row.isLast(at: Int32(depth + 1))
            let guide = isOwn ? (isLast ? glyphs.lastBranch : glyphs.branch) : (isLast ? "  " : glyphs.trunk)
            x += canvas.put(guide, x: x, y: cell.y, style: Theme.quiet, maxWidth: cell.maxX - x)
        }
        let fold = row.hasChildren ? (row.isExpanded ? glyphs.unfolded : glyphs.folded) + " " : ""
        x += canvas.put(fold, x: x, y: cell.y, style: Theme.quiet, maxWidth: cell.maxX - x)
        let rollUp = row.hasChildren ? RollUpText.brief(dashboard.list.table.rollUp(of: row.slot), glyphs: glyphs) : ""
        let rollUpWidth = TerminalText.width(of: rollUp)
        let nameWidth = min(TerminalText.width(of: run.name), max(6, cell.maxX - x - rollUpWidth - 1))
        x += canvas.put(
            run.name, x: x, y: cell.y, style: row.hasChildren ? Theme.title : .plain,
            maxWidth: min(nameWidth, cell.maxX - x))
        if !rollUp.isEmpty, cell.maxX - x > rollUpWidth {
            canvas.put(rollUp, x: x + 1, y: cell.y, style: Theme.quiet, maxWidth: cell.maxX - x - 1)
        }
    }

    private static func drawMetric(
        _ key: String, of run: Run, hasSparkline: Bool, _ dashboard: Dashboard, in cell: Rect, on canvas: inout Canvas
    ) {
        guard let point = run.metrics.value(forKey: key) else { return }
        switch point.value {
        case .text(let text):
            canvas.put(text, x: cell.x, y: cell.y, maxWidth: cell.width)
        case .number(let number):
            let text = NumberText.compact(number, maxWidth: RunColumns.valueWidth)
            let style = number.isFinite ? Style.plain : Theme.caution
            canvas.put(text, x: cell.x, y: cell.y, style: style, maxWidth: RunColumns.valueWidth)
            guard hasSparkline else { return }
            let values = dashboard.sparklines.values(for: MetricSeriesKey(run: run.id, metric: key)) ?? []
            // One point has no shape.
            guard values.count > 1 else { return }
            let line = Sparkline.text(values, width: RunColumns.sparklineWidth, glyphs: dashboard.glyphs)
            canvas.put(
                line, x: cell.x + RunColumns.valueWidth + 1, y: cell.y, style: Theme.accent,
                maxWidth: RunColumns.sparklineWidth)
        }
    }
}
