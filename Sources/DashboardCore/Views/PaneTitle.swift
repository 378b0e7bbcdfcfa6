import TerminalUI

/// A pane's first line: a rule with its name at the left and facts at the right.
enum PaneTitle {
    static func draw(
        _ title: String, facts: String = "", isFocused: Bool, in rect: Rect, glyphs: Glyphs, on canvas: inout Canvas
    ) {
        for x in rect.columns { canvas.put(glyphs.horizontal, x: x, y: rect.y, style: Theme.quiet) }
        let factsWidth = facts.isEmpty ? 0 : TerminalText.width(of: facts) + 4
        let room = rect.width - 4 - factsWidth
        let style = isFocused ? Theme.focusedTitle : Theme.title
        canvas.put(" \(TerminalText.truncated(title, to: max(4, room))) ", x: rect.x + 1, y: rect.y, style: style)
        guard !facts.isEmpty, rect.width > factsWidth + 8 else { return }
        canvas.putRight(" \(facts) ", rightEdge: rect.maxX - 1, y: rect.y, style: Theme.quiet, maxWidth: factsWidth)
    }
}
