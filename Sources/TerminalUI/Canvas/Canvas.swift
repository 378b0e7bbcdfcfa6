/// A grid of styled cells that views draw on and a terminal shows.
///
/// Everything clips: drawing outside the canvas is no error. A wide character is never shown by halves; what would be
/// half of one becomes a blank.
package struct Canvas: Equatable, Sendable {
    /// Cells across and down.
    package let size: Size
    /// What cuts text short in `put`; "~" or the like on a terminal without Unicode.
    package let ellipsis: String
    /// Where the terminal's cursor shows; nil hides it.
    package var cursor: Position?
    /// Row by row.
    var cells: [Cell]

    /// Blank cells in the plain style.
    package init(size: Size, glyphs: Glyphs = .unicode) {
        self.size = size
        ellipsis = glyphs.ellipsis
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    /// The whole canvas.
    package var bounds: Rect { Rect(size) }

    /// The cell at a place on the canvas; a blank elsewhere.
    package subscript(x: Int, y: Int) -> Cell {
        guard bounds.contains(x: x, y: y) else { return .blank }
        return cells[y * size.columns + x]
    }

    /// Blanks with a style.
    package mutating func fill(_ rect: Rect, style: Style) {
        let rect = rect.intersection(bounds)
        guard !rect.isEmpty else { return }
        let cell = Cell(style: style)
        for y in rect.rows {
            separate(rect.columns, y: y)
            let start = y * size.columns
            for index in start + rect.minX..<start + rect.maxX { cells[index] = cell }
        }
    }

    /// Changes how cells look and leaves their text: reverse video for a selected row, for example.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let rect = rect.intersection(bounds)
        for y in rect.rows {
            let start = y * size.columns
            for index in start + rect.minX..<start + rect.maxX { cells[index].style = change(cells[index].style) }
        }
    }

    /// Blanks the outer halves of wide characters that straddle the ends of `columns`, which is about to be overwritten.
    mutating func separate(_ columns: Range<Int>, y: Int) {
        let start = y * size.columns
        if columns.lowerBound > 0, cells[start + columns.lowerBound].isContinuation {
            cells[start + columns.lowerBound - 1].glyph = .blank
        }
        if columns.upperBound < size.columns, cells[start + columns.upperBound].isContinuation {
            cells[start + columns.upperBound].glyph = .blank
        }
    }
}
