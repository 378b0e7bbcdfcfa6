import TerminalUI

/// What was refused, and why.
enum ReportView {
    static func draw(_ report: Report, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let lines = lines(report, dashboard)
        let height = height(of: lines, dashboard)
        let inside = DialogView.frame(
            report.title, width: width(dashboard), height: height + 2, style: Theme.bad, glyphs: dashboard.glyphs,
            on: &canvas)
        for (index, line) in lines.dropFirst(report.scroll).prefix(height).enumerated() {
            canvas.put(line, x: inside.x, y: inside.y + index, maxWidth: inside.width)
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        let down = dashboard.keys.keys(for: .down).first?.label(ascii: dashboard.glyphs == .ascii) ?? ""
        let more = report.scroll + height < lines.count ? [(down, "more")] : []
        let close = PromptKeys.hint(.close, in: .page, dashboard, label: "close\(report.note)")
        DialogView.drawKeys(more + [close], in: keys, on: &canvas)
    }

    /// The scroll position that shows the end.
    static func lastScroll(_ report: Report, _ dashboard: Dashboard) -> Int {
        let lines = lines(report, dashboard)
        return lines.count - height(of: lines, dashboard)
    }

    private static func width(_ dashboard: Dashboard) -> Int { min(90, dashboard.size.columns - 6) }

    private static func lines(_ report: Report, _ dashboard: Dashboard) -> [String] {
        report.lines.flatMap { TerminalText.wrapped($0, width: width(dashboard)) }
    }

    private static func height(of lines: [String], _ dashboard: Dashboard) -> Int {
        min(lines.count, max(1, dashboard.size.rows - 6))
    }
}
