import RunModel
import RunServices
import TerminalUI

/// What a run has in a column, beside status and name.
enum RunCellView {
    static func draw(
        _ column: ListColumn, of run: Run, hasSparklines: Bool, _ dashboard: Dashboard, in cell: Rect,
        on canvas: inout Canvas
    ) {
        let now = dashboard.now.wall
        switch column {
        case .started, .ended:
            let moment = column == .started ? run.startedAt : run.endedAt
            let text = moment.map { TimeText.brief($0, now: now, zone: dashboard.zone) } ?? dashboard.glyphs.missing
            canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, maxWidth: cell.width)
        case .duration:
            let text = ProgressText.column(run, dashboard, width: cell.width)
            canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, maxWidth: cell.width)
        case _ where column.usage != nil:
            guard let text = column.usage?.text(run) else { return }
            let style = run.status.isActive ? Style.plain : Theme.quiet
            canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, style: style, maxWidth: cell.width)
        case .metric(let key, .last):
            drawLatest(key.text, of: run, hasSparkline: hasSparklines, dashboard, in: cell, on: &canvas)
        case .metric(let key, let extent):
            guard let range = dashboard.ranges.range(of: MetricSeriesKey(run: run.id, metric: key.text)) else { return }
            let value = extent == .min ? range.least : range.greatest
            let text =
                (range.isWhole ? "" : "~") + number(value, key, extent, of: run, dashboard, RunColumns.valueWidth - 1)
            canvas.put(text, x: cell.x, y: cell.y, maxWidth: cell.width)
        default:
            guard let text = column.value(of: run) else { return }
            let style = [.experiment, .tags].contains(column) ? Theme.quiet : Style.plain
            if column.isRightAligned {
                canvas.putRight(text, rightEdge: cell.maxX, y: cell.y, style: style, maxWidth: cell.width)
            } else {
                canvas.put(text, x: cell.x, y: cell.y, style: style, maxWidth: cell.width)
            }
        }
    }

    /// Cells that a text needs; 0 for columns whose width does not follow from their texts.
    static func textWidth(_ column: ListColumn, of run: Run) -> Int {
        switch column {
        case .started, .ended, .duration, .metric, .experiment: return 0
        default:
            guard let text = column.value(of: run) else { return 0 }
            // Wider than any column is wide enough.
            return TerminalText.width(of: String(text.prefix(33)))
        }
    }

    /// As it is, or how far it is from the pinned run's.
    private static func number(
        _ number: Double, _ key: ExactText, _ extent: ListColumn.Extent, of run: Run, _ dashboard: Dashboard,
        _ width: Int
    ) -> String {
        if run.id != dashboard.baseline, let base = dashboard.baselineValue(key, extent) {
            return BaselineText.difference(number, to: base, maxWidth: width)
        }
        return NumberText.compact(number, maxWidth: width)
    }

    private static func drawLatest(
        _ key: String, of run: Run, hasSparkline: Bool, _ dashboard: Dashboard, in cell: Rect, on canvas: inout Canvas
    ) {
        guard let point = run.metrics.value(forKey: key) else { return }
        switch point.value {
        case .text(let text):
            canvas.put(text, x: cell.x, y: cell.y, maxWidth: cell.width)
        case .number(let number):
            let text = self.number(number, ExactText(key), .last, of: run, dashboard, RunColumns.valueWidth)
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
