import RunModel
import TerminalUI

/// The question before a command of the user's own: what would be run, as a person would type it.
enum CommandQuestionView {
    static func draw(_ call: CommandCall, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let width = min(76, canvas.size.columns - 6)
        let lines = call.filled.flatMap { filled in
            TerminalText.wrapped("$ " + TerminalText.sanitized(filled.shown), width: width)
        }
        let room = max(1, canvas.size.rows - 6)
        let shown = lines.count > room ? Array(lines.prefix(room - 1)) + ["and more"] : lines
        let inside = DialogView.frame(
            "Run “\(call.command.name)”?", width: width, height: shown.count + 2, style: Theme.bad,
            glyphs: dashboard.glyphs, on: &canvas)
        for (index, line) in shown.enumerated() {
            canvas.put(line, x: inside.x, y: inside.y + index, maxWidth: inside.width)
        }
        let row = Rect(x: inside.x, y: inside.maxY - 1, width: inside.width, height: 1)
        DialogView.drawKeys(
            PromptKeys.hints([.confirm, .decline], in: .confirmation, dashboard), in: row, on: &canvas)
    }
}
