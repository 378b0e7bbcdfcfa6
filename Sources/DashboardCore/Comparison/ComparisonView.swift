import RunAttention
import RunModel
import RunServices
import TerminalUI

/// Runs side by side: what they have of each field, and how far that is from the first one's.
enum ComparisonView {
    static func page(_ dashboard: Dashboard, _ state: ComparisonState) -> ComparisonPage {
        let layout = dashboard.layout
        let area = Rect(
            x: 0, y: layout.header.maxY, width: dashboard.size.columns,
            height: max(0, layout.footer.y - layout.header.maxY))
        return ComparisonPage(dashboard.comparisonTable(state), state, in: area)
    }

    static func draw(_ state: ComparisonState, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let page = page(dashboard, state)
        canvas.fill(page.area, style: .plain)
        PaneTitle.draw(
            title(state, dashboard), facts: facts(state, page, dashboard), isFocused: true,
            in: Rect(x: 0, y: page.area.y, width: page.area.width, height: 1), glyphs: dashboard.glyphs, on: &canvas)
        let shown = page.columns.shown(state.left)
        drawHeads(shown, page, dashboard, on: &canvas)
        let first = page.area.y + ComparisonPage.headLines
        for (offset, line) in page.visibleLines.enumerated() {
            let y = first + offset
            switch line {
            case .heading(let family):
                canvas.put(heading(family), x: page.columns.keyX - 1, y: y, style: Theme.title.underlined())
            case .row(let index):
                draw(page.table.rows[index], shown, page, state, dashboard, y: y, on: &canvas)
                if index == page.row {
                    canvas.restyle(Rect(x: 0, y: y, width: page.area.width, height: 1), Theme.selected)
                }
            }
        }
        if page.table.rows.isEmpty { drawEmpty(state, y: first, dashboard, on: &canvas) }
        let right = page.area.maxX - 1
        if page.top > 0 { canvas.put(dashboard.glyphs.arrowUp, x: right, y: first, style: Theme.accent) }
        if page.top + page.height < page.lines.count {
            canvas.put(dashboard.glyphs.arrowDown, x: right, y: page.area.maxY - 1, style: Theme.accent)
        }
    }

    private static func title(_ state: ComparisonState, _ dashboard: Dashboard) -> String {
        var parts = ["Comparison", state.showsAll ? "all" : "differences"]
        if !state.filter.isEmpty { parts.append("/\(state.filter)") }
        if !state.origin.isEmpty { parts.append(state.origin) }
        return parts.joined(separator: " \(dashboard.glyphs.separator) ")
    }

    private static func facts(_ state: ComparisonState, _ page: ComparisonPage, _ dashboard: Dashboard) -> String {
        let glyphs = dashboard.glyphs
        var parts: [String] = []
        let isReading =
            state.readings.loadingSource != nil || !state.readings.requested.isEmpty
        if isReading { parts.append("reading") }
        if let order = state.order {
            parts.append("by \(order.field.title) \(order.isDescending ? glyphs.sortDown : glyphs.sortUp)")
        }
        let count = page.table.runs.count
        if page.columns.others + 1 < count {
            let first = 2 + state.left
            parts.append("runs 1, \(first)-\(first + page.columns.others - 1) of \(count)")
        } else {
            parts.append("\(count) runs")
        }
        return parts.joined(separator: " \(glyphs.separator) ")
    }

    private static func heading(_ family: ComparedField.Family) -> String {
        switch family {
        case .attribute: "Run"
        case .source: "Source"
        case .param: "Parameters"
        case .property: "Properties"
        case .metric: "Metrics"
        case .tag: "Tags"
        case .system: "System metrics"
        }
    }

    private static func drawHeads(
        _ shown: [Int], _ page: ComparisonPage, _ dashboard: Dashboard, on canvas: inout Canvas
    ) {
        let glyphs = dashboard.glyphs
        let y = page.area.y + 1
        let names = page.table.runs.map { ColumnValue.text($0.name) }
        let common = ComparedText.commonBeginning(names)
        let note = (glyphs == .ascii ? "+-" : "±") + " to first"
        canvas.put(note, x: page.columns.keyX, y: y + 1, style: Theme.quiet, maxWidth: page.columns.keyWidth)
        for (index, number) in shown.enumerated() {
            let run = page.table.runs[number]
            let (x, width) = (page.columns.x(index), page.columns.width)
            let name = ComparedText.fitted(run.name, common: common, width: width, glyphs)
            canvas.put(name, x: x, y: y, style: Theme.title, maxWidth: width)
            let status = RunRowView.shownStatus(of: run, in: dashboard)
            canvas.put(status.glyph(glyphs), x: x, y: y + 1, style: Theme.shape(of: status), maxWidth: width)
            canvas.put(String(run.id.text.prefix(8)), x: x + 2, y: y + 1, style: Theme.quiet, maxWidth: width - 2)
        }
        if let last = shown.last, last + 1 < page.table.runs.count {
            canvas.put(glyphs.arrowRight, x: page.area.maxX - 1, y: y, style: Theme.accent)
        }
        if shown.count > 1, shown[1] > 1 {
            canvas.put(glyphs.arrowLeft, x: page.columns.x(1) - 1, y: y, style: Theme.accent)
        }
    }

    private static func draw(
        _ row: RunComparison.Row, _ shown: [Int], _ page: ComparisonPage, _ state: ComparisonState,
        _ dashboard: Dashboard, y: Int, on canvas: inout Canvas
    ) {
        let glyphs = dashboard.glyphs
        let columns = page.columns
        if let order = state.order, order.field == row.field {
            let arrow = order.isDescending ? glyphs.sortDown : glyphs.sortUp
            canvas.put(arrow, x: columns.keyX - 1, y: y, style: Theme.accent)
        }
        let key = TerminalText.truncated(row.field.title, to: columns.keyWidth, ellipsis: glyphs.ellipsis)
        canvas.put(key, x: columns.keyX, y: y, maxWidth: columns.keyWidth)
        let common = ComparedText.commonBeginning(row.values)
        let best = best(of: row)
        for (index, number) in shown.enumerated() {
            let place = Rect(x: columns.x(index), y: y, width: columns.width, height: 1)
            let run = page.table.runs[number]
            let value = row.values[number]
            if row.isIncomplete, value == .none, dashboard.isReading(row.field, of: run, state) {
                canvas.put(glyphs.ellipsis, x: place.x, y: y, style: Theme.quiet)
                continue
            }
            var style = Style.plain
            if number > 0, value.isSame(as: row.values[0]) { style = Theme.quiet }
            if let best, best == ComparedOrder.number(value) { style = Theme.title }
            let isSampled = dashboard.isSampled(row.field, of: run, state)
            draw(
                value, beside: number == 0 ? nil : row.values[0], style, isSampled: isSampled, common: common,
                dashboard, in: place, on: &canvas)
        }
    }

    private static func draw(
        _ value: ColumnValue, beside reference: ColumnValue?, _ style: Style, isSampled: Bool, common: Int,
        _ dashboard: Dashboard, in place: Rect, on canvas: inout Canvas
    ) {
        let glyphs = dashboard.glyphs
        let valueWidth = min(10, place.width / 2)
        let difference = reference.flatMap {
            ComparedText.difference(value, to: $0, width: place.width - valueWidth - 1)
        }
        let differenceWidth = difference.map { TerminalText.width(of: $0) + 1 } ?? 0
        let room = place.width - differenceWidth
        let mark = isSampled ? (glyphs == .ascii ? "~" : "≈") : ""
        let numberWidth = difference == nil ? room : valueWidth
        let text = mark + ComparedText.value(value, dashboard, width: numberWidth - mark.count)
        let width = canvas.put(
            ComparedText.fitted(text, common: common, width: room, glyphs), x: place.x, y: place.y, style: style,
            maxWidth: room)
        guard let difference else { return }
        // In one column, as far as the values let it.
        let x = max(place.x + width + 1, min(place.x + valueWidth + 1, place.maxX - differenceWidth + 1))
        canvas.put(difference, x: x, y: place.y, style: Theme.quiet, maxWidth: max(0, place.maxX - x))
    }

    /// The best number of a metric's row; nil where they are all the same, or nothing says what is better.
    private static func best(of row: RunComparison.Row) -> Double? {
        guard row.field.family == .metric, [.last, .least, .greatest].contains(row.field.part), row.differs else {
            return nil
        }
        let numbers = row.values.compactMap(ComparedOrder.number).filter { !$0.isNaN }
        return BestMetric.isScore(row.field.key) ? numbers.max() : numbers.min()
    }

    private static func drawEmpty(
        _ state: ComparisonState, y: Int, _ dashboard: Dashboard, on canvas: inout Canvas
    ) {
        let toggle = PromptKeys.hint(.toggle, in: .comparison, dashboard).0
        let text: String
        if !state.filter.isEmpty {
            text =
                state.showsAll ? "No key has that in it." : "No key that differs has that in it; \(toggle) shows all."
        } else {
            text = "The runs do not differ in anything that is known of them; \(toggle) shows all."
        }
        let room = max(1, dashboard.size.columns - 4)
        for (index, line) in TerminalText.wrapped(text, width: room).prefix(3).enumerated() {
            canvas.put(line, x: 2, y: y + index, style: Theme.quiet, maxWidth: room)
        }
    }
}

extension Dashboard {
    /// Whether a better point than the one shown may have been left out.
    func isSampled(_ field: ComparedField, of run: Run, _ state: ComparisonState) -> Bool {
        guard field.family == .metric, field.part != .last else { return false }
        return state.readings.best[MetricSeriesKey(run: run.id, metric: field.key)]?.isSampled ?? false
    }
}
