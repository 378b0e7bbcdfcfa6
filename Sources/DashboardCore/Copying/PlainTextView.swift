import TerminalUI

/// A text from the left edge on, with nothing before, beside or between its lines.
enum PlainTextView {
    static func draw(_ plain: PlainText, _ dashboard: Dashboard, on canvas: inout Canvas) {
        let lines = lines(plain, dashboard)
        let height = height(dashboard)
        canvas.fill(Rect(canvas.size), style: .plain)
        for (index, line) in lines.dropFirst(plain.scroll).prefix(height).enumerated() {
            canvas.put(line, x: 0, y: index, maxWidth: canvas.size.columns)
        }
        let down = dashboard.keys.keys(for: .down).first?.label(ascii: dashboard.glyphs == .ascii) ?? ""
        let more = plain.scroll + height < lines.count ? [(down, "more")] : []
        let keys = Rect(x: 0, y: canvas.size.rows - 1, width: canvas.size.columns, height: 1)
        DialogView.drawKeys(more + PromptKeys.hints([.close], in: .page, dashboard), in: keys, on: &canvas)
        if let notice = dashboard.notice {
            canvas.putRight(
                notice.text, rightEdge: canvas.size.columns, y: keys.y, style: Theme.title,
                maxWidth: max(0, canvas.size.columns - 30))
        }
    }

    /// The scroll position that shows the end.
    static func lastScroll(_ plain: PlainText, _ dashboard: Dashboard) -> Int {
        max(0, lines(plain, dashboard).count - height(dashboard))
    }

    private static func height(_ dashboard: Dashboard) -> Int { max(1, dashboard.size.rows - 1) }

    /// Broken where a terminal would break them, not at blanks: what is selected is to be the text.
    private static func lines(_ plain: PlainText, _ dashboard: Dashboard) -> [String] {
        let width = dashboard.size.columns
        return plain.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap { line in
            var pieces: [String] = []
            var piece = ""
            var used = 0
            for character in TerminalText.sanitized(line) {
                let cells = TerminalText.width(of: String(character))
                if used + cells > width {
                    pieces.append(piece)
                    (piece, used) = ("", 0)
                }
                piece.append(character)
                used += cells
            }
            return pieces + [piece]
        }
    }
}
