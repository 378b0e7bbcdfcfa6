/// One cell of a canvas: a glyph, or the right half of a wide one, and its style. 24 bytes, compared as integers.
package struct Cell: Equatable, Sendable {
    /// What it shows.
    package var glyph: Glyph
    /// How it looks.
    package var style: Style

    /// A blank in the plain style where nothing is given.
    package init(glyph: Glyph = .blank, style: Style = .plain) {
        self.glyph = glyph
        self.style = style
    }

    /// A blank in the plain style.
    package static let blank = Cell()

    /// 1 or 2 cells; 0 for the right half of a wide glyph, which belongs to the cell on its left.
    package var width: Int { Int(glyph.width) }
    /// Whether it is the right half of a wide glyph.
    package var isContinuation: Bool { glyph.width == 0 }
    /// The cell's character as text; empty for the right half of a wide glyph.
    package var text: String { glyph.text }
}
