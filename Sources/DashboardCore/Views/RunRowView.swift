import RunAttention
import RunModel
import RunServices
import TerminalUI

/// One line of the run list.
enum RunRowView {
    static func draw(
        _ row: RunRow, _ columns: RunColumns, _ dashboard: Dashboard, isPinned: Bool = false, in rect: Rect,
        on canvas: inout Canvas
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
        canvas.put(status.glyph(dashboard.glyphs), x: rect.x + 2, y: y, style: dashboard.colors.shape(of: status))
        for placed in columns.placed {
            let cell = Rect(x: rect.x + RunsView.margin + placed.x, y: y, width: placed.width, height: 1)
            switch placed.column {
            case .status: drawStatus(status, of: run, dashboard, in: cell, on: &canvas)
            case .name: drawName(of: run, row, dashboard, in: cell, on: &canvas)
            default:
                RunCellView.draw(
                    placed.column, of: run, hasSparklines: columns.hasSparklines, dashboard, in: cell, on: &canvas)
            }
        }
        if isPinned {
            // A line below it, not a second cursor.
            canvas.restyle(rect) { $0.underlined() }
            return
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
        switch dashboard.inFlight[run.id] {
        case .cancel where run.status.isActive, .kill where run.status.isActive: return .cancelRequested
        default: return run.status
        }
    }

    /// The status, and behind it what about the run asks for attention.
    private static func drawStatus(
        _ status: RunStatus, of run: Run, _ dashboard: Dashboard, in cell: Rect, on canvas: inout Canvas
    ) {
        let isStuck = dashboard.attention.tracker.isStuck(run.id)
        let text = AttentionText.status(status, of: run, dashboard)
        let style = isStuck ? Theme.caution : dashboard.colors.word(of: status)
        let width = canvas.put(text, x: cell.x, y: cell.y, style: style, maxWidth: cell.width) + 1
        guard let mark = mark(of: run, dashboard) else { return }
        canvas.put(
            mark.glyph + mark.word, x: cell.x + width, y: cell.y, style: dashboard.colors.mark,
            maxWidth: cell.width - width)
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
        for mark in nameMarks(of: run, row, dashboard) {
            x += canvas.put(mark + " ", x: x, y: cell.y, style: Theme.accent, maxWidth: cell.maxX - x)
        }
        let counts = row.hasChildren ? dashboard.list.table.rollUp(of: row.slot) : StatusCounts()
        let rollUp = row.hasChildren ? "  " + RollUpText.brief(counts, glyphs: glyphs) : ""
        let rollUpWidth = TerminalText.width(of: rollUp)
        let nameWidth = min(TerminalText.width(of: run.name), max(6, cell.maxX - x - rollUpWidth - 1))
        x += canvas.put(
            run.name, x: x, y: cell.y, style: row.hasChildren ? Theme.title : .plain,
            maxWidth: min(nameWidth, cell.maxX - x))
        if run.descriptionText?.isEmpty == false, cell.maxX - x > 1 {
            x += 1 + canvas.put(glyphs.note, x: x + 1, y: cell.y, style: Theme.accent, maxWidth: 1)
        }
        if !rollUp.isEmpty, cell.maxX - x > rollUpWidth {
            let status = RollUpText.status(counts)
            canvas.put(rollUp, x: x + 1, y: cell.y, style: Theme.quiet, maxWidth: cell.maxX - x - 1)
            canvas.put(status.glyph(glyphs), x: x + 1, y: cell.y, style: dashboard.colors.shape(of: status))
        }
    }

    /// What stands before a name: that the run is pinned, that it is the best of its siblings.
    static func nameMarks(of run: Run, _ row: RunRow, _ dashboard: Dashboard) -> [String] {
        var marks: [String] = []
        if run.id == dashboard.baseline { marks.append(BaselineText.pin(dashboard.glyphs)) }
        if dashboard.list.isBest(row.slot) { marks.append(BestText.star(dashboard.glyphs)) }
        return marks
    }
}
