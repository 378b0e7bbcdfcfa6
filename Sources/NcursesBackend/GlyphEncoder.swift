import CNcurses
import TerminalUI

/// Turns a glyph into scalars that this terminal and its ncurses show in as many cells as the canvas reckons with.
struct GlyphEncoder {
    /// Whether scalars beyond ASCII may be sent.
    let unicode: Bool

    /// What the drawing characters become without Unicode, so that frames and curves stay readable.
    private static let asciiForms: [UInt32: UInt8] = {
        let forms: [(String, Character)] = [
            ("…", "~"), ("─━┄╌", "-"), ("│┃▌▐", "|"), ("┌┐└┘├┤┬┴┼╭╮╰╯", "+"), ("▸▶›→", ">"), ("◂◀‹←", "<"),
            ("▾▼↓", "v"), ("▴▲↑", "^"), ("●◆•✓·", "*"), ("○◌", "o"), ("✗×", "x"), ("–—", "-"), ("▁", "_"), ("█▇▆", "#"),
        ]
        var table: [UInt32: UInt8] = [:]
        for (characters, form) in forms {
            for scalar in characters.unicodeScalars { table[scalar.value] = form.asciiValue }
        }
        return table
    }()

    /// Writes the glyph's scalars to `scalars`, which has room for five; as many `?` as it has cells when it cannot be
    /// shown.
    /// - Returns: the scalars of one cell, and how many cells in a row show them.
    func encode(_ glyph: Glyph, into scalars: inout [UInt32]) -> (count: Int32, repeats: Int) {
        scalars[0] = glyph.base
        if glyph.base < 0x7F, glyph.markCount == 0 { return (1, 1) }
        guard unicode else {
            scalars[0] = glyph.base < 0x7F ? glyph.base : UInt32(Self.asciiForms[glyph.base] ?? UInt8(ascii: "?"))
            return (1, Int(glyph.width))
        }
        // A C library that knows an older Unicode would move ncurses' cursor by another width, and the row would shift.
        guard cn_width(glyph.base) == Int32(glyph.width) else {
            scalars[0] = UInt32(UInt8(ascii: "?"))
            return (1, Int(glyph.width))
        }
        var count = 1
        for index in 0..<glyph.markCount where cn_width(glyph.mark(index)) == 0 {
            scalars[count] = glyph.mark(index)
            count += 1
        }
        return (Int32(count), 1)
    }
}
