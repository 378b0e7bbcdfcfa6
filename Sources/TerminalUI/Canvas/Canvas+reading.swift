extension Canvas {
    /// A row as text, blanks at its end trimmed.
    package func rowText(_ y: Int) -> String {
        guard y >= 0, y < size.rows else { return "" }
        var row = cells[y * size.columns..<(y + 1) * size.columns]
        while let last = row.last, last.glyph == .blank { row.removeLast() }
        var text = ""
        for cell in row { text += cell.text }
        return text
    }

    /// All rows as text, blanks at their ends trimmed.
    package var textRows: [String] {
        (0..<size.rows).map(rowText)
    }
}
