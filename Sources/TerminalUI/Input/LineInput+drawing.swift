extension LineInput {
    /// Draws the part of the text around the cursor in `width` cells and puts the canvas's cursor there.
    package func draw(into canvas: inout Canvas, x: Int, y: Int, width: Int, style: Style = .plain) {
        guard width > 0 else { return }
        canvas.fill(Rect(x: x, y: y, width: width, height: 1), style: style)
        // The last cell stays free for the cursor behind the text.
        let room = width - 1
        var shown = Self.tail(of: beforeCursor, width: room)
        var shownWidth = TerminalText.width(of: shown)
        // The first character may be wider by itself than behind what is not shown.
        while shownWidth > room, !shown.isEmpty {
            shown.removeFirst()
            shownWidth = TerminalText.width(of: shown)
        }
        canvas.put(shown, x: x, y: y, style: style)
        clip(afterCursor, into: &canvas, x: x + shownWidth, y: y, width: width - shownWidth, style: style)
        canvas.cursor = Position(x: x + shownWidth, y: y)
    }

    /// The last characters of `text` that take about `width` cells, found without looking at those before.
    private static func tail(of text: Substring, width: Int) -> Substring {
        var start = text.endIndex
        var taken = 0
        while start > text.startIndex {
            let before = text.index(before: start)
            taken += TerminalText.width(of: text[before..<start])
            if taken > width { break }
            start = before
        }
        return text[start...]
    }

    /// Without an ellipsis, which would look like part of what has been typed.
    private func clip(_ text: Substring, into canvas: inout Canvas, x: Int, y: Int, width: Int, style: Style) {
        var end = text.startIndex
        var taken = 0
        while end < text.endIndex {
            let after = text.index(after: end)
            taken += TerminalText.width(of: text[end..<after])
            if taken > width { break }
            end = after
        }
        canvas.put(text[..<end], x: x, y: y, style: style)
    }
}
