/// Turns untrusted text into glyphs of known width, one cell or two each.
///
/// Works scalar by scalar like ncurses and glibc, which know no grapheme clusters. Sequences whose width differs between
/// terminals are reduced to their first character: emoji joined by ZWJ (👩‍💻 shows 👩), skin tones, subdivision flags,
/// keycaps (1️⃣ shows 1), and presentation selectors (⚠️ shows ⚠).
struct GlyphIterator: IteratorProtocol, Sequence {
    private var scalars: Substring.UnicodeScalarView.Iterator
    private var lookahead: Unicode.Scalar?

    init(_ text: Substring) {
        scalars = text.unicodeScalars.makeIterator()
        lookahead = scalars.next()
    }

    mutating func next() -> Glyph? {
        guard let scalar = lookahead else { return nil }
        lookahead = scalars.next()
        switch ScalarKind(scalar) {
        case .replaced(let value):
            return Glyph(base: value, width: 1)
        case .mark:
            // A mark with nothing to join would join the pane border on its left.
            return .standIn
        case .spacing(let width):
            var glyph = Glyph(base: scalar.value, width: width)
            takeModifiers(of: scalar)
            while let next = lookahead, next.value >= 0x300, ScalarKind(next) == .mark {
                glyph.append(mark: next.value)
                lookahead = scalars.next()
            }
            return glyph
        }
    }

    /// Skips what only changes how `base` looks, in ways that no two terminals measure alike.
    private mutating func takeModifiers(of base: Unicode.Scalar) {
        guard let first = lookahead, first.value >= 0x200D else { return }
        let properties = base.properties
        if (0xE0100...0xE01EF).contains(first.value), properties.isIdeographic {
            lookahead = scalars.next()
        }
        guard properties.isEmoji else { return }
        while let next = lookahead {
            switch next.value {
            case 0xFE0E, 0xFE0F:
                lookahead = scalars.next()
            case 0x20E3 where base.isASCII:
                lookahead = scalars.next()
            case 0x1F3FB...0x1F3FF where properties.isEmojiModifierBase:
                lookahead = scalars.next()
            case 0xE0020...0xE007F where !base.isASCII:
                lookahead = scalars.next()
            case 0x200D where !base.isASCII:
                guard let joined = scalars.next() else {
                    lookahead = next
                    return
                }
                lookahead = joined.properties.isEmoji && !joined.isASCII ? scalars.next() : joined
            default:
                return
            }
        }
    }
}
