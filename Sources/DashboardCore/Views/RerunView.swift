import RunServices
import TerminalUI

/// The prompt before a command is run again: what, where, and what is changed.
enum RerunView {
    /// Lines of a command; a longer one is cut, and is on the run's page.
    private static let mostLines = 8

    static func draw(_ prompt: RerunPrompt, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let width = min(72, canvas.size.columns - 6)
        var lines: [(String, Style)] = []
        func add(_ text: String, _ style: Style = .plain, most: Int = 4) {
            for line in TerminalText.wrapped(text, width: width).prefix(most) { lines.append((line, style)) }
        }
        add(prompt.command, Theme.title, most: mostLines)
        for change in prompt.changes { add("with \(change)", Theme.accent) }
        add("in \(prompt.directory)", Theme.quiet)
        add("on \(dashboard.service.kind) \(dashboard.service.location)", Theme.quiet)
        for remark in prompt.remarks { add(remark) }
        let shown = lines.prefix(max(1, canvas.size.rows - 5))
        let inside = DialogView.frame(
            "Run “\(prompt.name)” again?", width: width, height: shown.count + 2, glyphs: dashboard.glyphs, on: &canvas)
        for (index, line) in shown.enumerated() {
            canvas.put(line.0, x: inside.x, y: inside.y + index, style: line.1, maxWidth: inside.width)
        }
        let keys = [
            PromptKeys.hint(.confirm, in: .confirmation, dashboard),
            PromptKeys.hint(.decline, in: .confirmation, dashboard),
        ]
        let row = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(keys, in: row, on: &canvas)
    }
}
