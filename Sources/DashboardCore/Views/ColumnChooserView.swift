import RunModel
import TerminalUI

/// The columns that can be shown, with a line to find one by typing.
enum ColumnChooserView {
    static func draw(_ chooser: ColumnChooser, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let height = height(chooser, size: canvas.size)
        let inside = DialogView.frame(
            "Columns", width: min(64, canvas.size.columns - 6), height: height + 3, glyphs: dashboard.glyphs,
            on: &canvas)
        let label = canvas.put("find: ", x: inside.x, y: inside.y, style: Theme.label)
        chooser.input.draw(into: &canvas, x: inside.x + label, y: inside.y, width: inside.width - label)
        let matches = chooser.matches
        let selection = min(max(0, chooser.selection), max(0, matches.count - 1))
        let top = max(0, min(selection - height / 2, matches.count - height))
        for (index, place) in matches.dropFirst(top).prefix(height).enumerated() {
            let row = Rect(x: inside.x, y: inside.y + 1 + index, width: inside.width, height: 1)
            draw(chooser.entries[place], dashboard, in: row, on: &canvas)
            if top + index == selection { canvas.restyle(row, Theme.selected) }
        }
        if matches.isEmpty {
            let text = "None of \(chooser.looked) runs looked at has that; :columns NAME shows it all the same."
            canvas.put(text, x: inside.x, y: inside.y + 1, style: Theme.quiet, maxWidth: inside.width)
        }
        let keys = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(
            PromptKeys.hints([.toggle, .later, .earlier, .accept, .cancel], in: .columns, dashboard), in: keys,
            on: &canvas)
    }

    /// Lines for entries.
    static func height(_ chooser: ColumnChooser, size: Size) -> Int {
        max(1, min(chooser.entries.count, size.rows - 7, 14))
    }

    private static func draw(
        _ entry: ColumnChooser.Entry, _ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas
    ) {
        let isASCII = dashboard.glyphs == .ascii
        let mark = entry.isShown ? (isASCII ? "[x]" : "[✓]") : "[ ]"
        canvas.put(mark, x: rect.x, y: rect.y, style: entry.isShown ? Theme.title : Theme.quiet)
        let note = note(entry.column, dashboard)
        let taken = canvas.putRight(
            note, rightEdge: rect.maxX, y: rect.y, style: Theme.quiet, maxWidth: rect.width / 2)
        canvas.put(
            entry.column.text, x: rect.x + 4, y: rect.y, style: entry.isShown ? Theme.title : .plain,
            maxWidth: rect.width - 4 - (taken > 0 ? taken + 2 : 0))
    }

    /// What a column that chooses itself is, or what the selected run has there.
    private static func note(_ column: ListColumn, _ dashboard: Dashboard) -> String {
        switch column {
        case .automatic: return "the metrics that most runs have"
        case .differing: return "parameters and tags that differ"
        case .metric(_, let extent) where extent != .last: return ""
        default:
            guard let run = dashboard.list.selectedRun else { return "" }
            if case .metric(let key, _) = column, let number = run.metrics.value(forKey: key.text)?.value.number {
                return NumberText.compact(number)
            }
            return column.value(of: run) ?? ""
        }
    }
}
