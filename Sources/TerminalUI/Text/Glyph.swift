/// What one cell can show: a spacing character with up to four combining marks, already safe to send to a terminal.
///
/// Four is what ncurses stores in a `cchar_t` (`CCHARW_MAX` is 5). Marks are packed by two into integers so that
/// comparing two glyphs is three integer comparisons.
package struct Glyph: Equatable, Sendable {
    private var firstMarks: UInt64 = 0
    private var lastMarks: UInt64 = 0
    /// The spacing character; zero in the right half of a wide glyph.
    package let base: UInt32
    /// 1 or 2 cells, 0 for the right half of a wide glyph.
    package let width: UInt8

    init(base: UInt32, width: UInt8) {
        self.base = base
        self.width = width
    }

    /// A space.
    package static let blank = Glyph(base: 0x20, width: 1)
    /// The right half of a wide glyph.
    static let continuation = Glyph(base: 0, width: 0)
    /// Stands for what must not be sent: U+FFFD, one cell.
    static let standIn = Glyph(base: 0xFFFD, width: 1)

    /// How many combining marks follow the base, 0 to 4.
    package var markCount: Int {
        if firstMarks == 0 { return 0 }
        if firstMarks >> 32 == 0 { return 1 }
        if lastMarks == 0 { return 2 }
        return lastMarks >> 32 == 0 ? 3 : 4
    }

    /// A combining mark; zero when there is none at this place.
    package func mark(_ index: Int) -> UInt32 {
        let pair = index < 2 ? firstMarks : lastMarks
        return UInt32(truncatingIfNeeded: index & 1 == 0 ? pair : pair >> 32)
    }

    /// Adds a mark; the fifth and further ones are dropped, as ncurses would.
    mutating func append(mark: UInt32) {
        switch markCount {
        case 0: firstMarks = UInt64(mark)
        case 1: firstMarks |= UInt64(mark) << 32
        case 2: lastMarks = UInt64(mark)
        case 3: lastMarks |= UInt64(mark) << 32
        default: break
        }
    }

    /// The character with its marks; empty for the right half of a wide glyph.
    package var text: String {
        var scalars = String.UnicodeScalarView()
        guard width > 0, let scalar = Unicode.Scalar(base) else { return "" }
        scalars.append(scalar)
        for index in 0..<markCount {
            if let scalar = Unicode.Scalar(mark(index)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
