extension Canvas {
    /// Writes sanitized text from (x, y) to the right.
    ///
    /// Text longer than `maxWidth` cells ends in the ellipsis; text that runs over the canvas's edge is cut there.
    /// - Returns: the cells taken, so that `x` plus it is where the next text goes; 0 off the canvas.
    @discardableResult
    package mutating func put(
        _ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
    ) -> Int {
        put(text[...], x: x, y: y, style: style, maxWidth: maxWidth)
    }

    /// The same for a part of a text.
    @discardableResult
    package mutating func put(
        _ text: Substring, x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
    ) -> Int {
        guard y >= 0, y < size.rows, x < size.columns, maxWidth > 0 else { return 0 }
        // Far to the left nothing shows, and subtracting from it could overflow.
        guard x > -maximumOffset else { return 0 }
        let room = size.columns - x
        // One more than there is room for tells whether the text fits.
        let limit = min(maxWidth, room)
        if let ascii = TerminalText.asciiPrefix(text, limit: limit + 1) {
            if ascii.length <= limit || maxWidth > room {
                let length = min(ascii.length, limit)
                write(ascii: text, count: length, x: x, y: y, style: style)
                return length
            }
            return putTruncated(text, x: x, y: y, style: style, maxWidth: maxWidth)
        }
        var width = 0
        for glyph in GlyphIterator(text) {
            width += Int(glyph.width)
            if width > limit { break }
        }
        if width > maxWidth, maxWidth <= room {
            return putTruncated(text, x: x, y: y, style: style, maxWidth: maxWidth)
        }
        return write(text, x: x, y: y, style: style, limit: min(width, limit))
    }

    /// Writes text so that it ends before column `x`; too long a text keeps its start and ends in the ellipsis.
    /// - Returns: the cells taken.
    @discardableResult
    package mutating func putRight(
        _ text: String, rightEdge x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
    ) -> Int {
        let width = min(TerminalText.width(of: text), max(0, maxWidth))
        guard width < maximumOffset else { return 0 }
        return put(text, x: x - width, y: y, style: style, maxWidth: maxWidth)
    }

    /// Writes text in the middle of `columns`.
    package mutating func putCentered(_ text: String, in columns: Range<Int>, y: Int, style: Style = .plain) {
        let offset = max(0, columns.count - TerminalText.width(of: text)) / 2
        put(text, x: columns.lowerBound + offset, y: y, style: style, maxWidth: columns.count - offset)
    }

    private mutating func putTruncated(_ text: Substring, x: Int, y: Int, style: Style, maxWidth: Int) -> Int {
        let ellipsisWidth = TerminalText.width(of: ellipsis)
        let kept = max(0, maxWidth - ellipsisWidth)
        var used = write(text, x: x, y: y, style: style, limit: kept)
        used += write(ellipsis[...], x: x + used, y: y, style: style, limit: maxWidth - used)
        if used < maxWidth, used < size.columns - x { write(.blank, x: x + used, y: y, style: style) }
        return maxWidth
    }

    private mutating func write(ascii text: Substring, count: Int, x: Int, y: Int, style: Style) {
        let first = max(0, -x)
        guard first < count else { return }
        separate(x + first..<x + count, y: y)
        let start = y * size.columns + x
        for (offset, byte) in text.utf8.prefix(count).enumerated() where offset >= first {
            cells[start + offset] = Cell(glyph: Glyph(base: UInt32(byte), width: 1), style: style)
        }
    }

    /// Writes what fits in `limit` cells; a wide character that would stick out is left out.
    @discardableResult
    private mutating func write(_ text: Substring, x: Int, y: Int, style: Style, limit: Int) -> Int {
        let edge = min(size.columns, x + limit)
        var column = x
        for glyph in GlyphIterator(text) {
            let width = Int(glyph.width)
            if column + width > edge {
                if width == 2, column < edge, edge == size.columns { write(.blank, x: column, y: y, style: style) }
                break
            }
            write(glyph, x: column, y: y, style: style)
            column += width
        }
        return column - x
    }

    private mutating func write(_ glyph: Glyph, x: Int, y: Int, style: Style) {
        let width = Int(glyph.width)
        guard x + width > 0 else { return }
        let start = y * size.columns + x
        if x < 0 {
            separate(0..<1, y: y)
            cells[start + 1] = Cell(style: style)
            return
        }
        separate(x..<x + width, y: y)
        cells[start] = Cell(glyph: glyph, style: style)
        if width == 2 { cells[start + 1] = Cell(glyph: .continuation, style: style) }
    }

    /// Beyond any canvas, and far from where sums of columns overflow.
    private var maximumOffset: Int { 1 << 32 }
}
