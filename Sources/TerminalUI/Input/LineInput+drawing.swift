extension LineInput {
    /// Draws the part of the text around the cursor in `width` cells and puts the canvas's cursor there.
    package func draw(into canvas: inout Canvas, x: Int, y: Int, width: Int, style: Style = .plain) {
        guard width > 0 else { return }
        canvas.fill(Rect(x: x, y: y, width: width, height: 1), style: style)
        // The last cell stays free for the cursor behind the text.
        let room = width - 1
        var shown = beforeCursor
        var shownWidth = TerminalText.width(of: shown)
        while shownWidth > room, !shown.isEmpty {
            shown.removeFirst()
            shownWidth = TerminalText.width(of: shown)
        }
        canvas.put(shown, x: x, y: y, style: style)
        clip(afterCursor, into: &canvas, x: x + shownWidth, y: y, width: width - shownWidth, style: style)
        canvas.cursor = Position(x: x + shownWidth, y: y)
    }

    /// Without an ellipsis, which would look like part of what has been typed.
    private func clip(_ text: Substring, into canvas: inout Canvas, x: Int, y: Int, width: Int, style: Style) {
        var rest = text
        while TerminalText.width(of: rest) > width { rest.removeLast() }
        canvas.put(rest, x: x, y: y, style: style)
    }
}
