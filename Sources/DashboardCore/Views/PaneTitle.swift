import TerminalUI

/// A pane's first line: a rule with its name at the left and facts at the right.
enum PaneTitle {
    static func draw(
        _ title: String, facts: String = "", isFocused: Bool, in rect: Rect, glyphs: Glyphs, on canvas: inout Canvas
    ) {
        for x in rect.columns { canvas.put(glyphs.horizontal, x: x, y: rect.y, style: Theme.quiet) }
        let factsWidth = facts.isEmpty ? 0 : TerminalText.width(of: facts) + 4
        let room = rect.width - 4 - factsWidth
        // A mark as well as weight, for terminals that show no bold.
        let mark = isFocused ? glyphs.selectionBar : " "
        canvas.put(mark, x: rect.x + 1, y: rect.y, style: Theme.accent)
        let name = TerminalText.truncated(title, to: max(4, room), ellipsis: glyphs.ellipsis)
        canvas.put("\(name) ", x: rect.x + 2, y: rect.y, style: isFocused ? Theme.title : .plain)
        guard !facts.isEmpty, rect.width > factsWidth + 8 else { return }
        canvas.putRight(" \(facts) ", rightEdge: rect.maxX - 1, y: rect.y, style: Theme.quiet, maxWidth: factsWidth)
    }
}
