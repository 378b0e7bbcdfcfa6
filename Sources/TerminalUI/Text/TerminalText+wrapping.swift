extension TerminalText {
    /// `text` in lines of at most `width` cells, broken at blanks where there are any, else inside the word. Newlines in
    /// the text start new lines; the lines come back sanitized. Empty text gives one empty line.
    package static func wrapped(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            wrap(paragraph, width: width, into: &lines)
        }
        return lines
    }

    private static func wrap(_ paragraph: Substring, width: Int, into lines: inout [String]) {
        if let length = asciiLength(paragraph), length <= width {
            lines.append(String(paragraph))
            return
        }
        var line: [Glyph] = []
        var lineWidth = 0
        // A wide character cannot be shown in one column at all.
        for glyph in GlyphIterator(paragraph) where Int(glyph.width) <= width {
            if lineWidth + Int(glyph.width) > width, glyph == .blank {
                // The blank that would begin the next line is the break itself.
                lines.append(text(of: line[...]))
                line.removeAll()
                lineWidth = 0
                continue
            }
            // Twice when what is left of a line after its last blank is still too long for a wide character.
            while lineWidth + Int(glyph.width) > width {
                lines.append(takeLine(&line))
                lineWidth = line.reduce(0) { $0 + Int($1.width) }
            }
            line.append(glyph)
            lineWidth += Int(glyph.width)
        }
        lines.append(text(of: line[...]))
    }

    /// Takes what is before the last blank, which goes away, or everything when there is none.
    private static func takeLine(_ line: inout [Glyph]) -> String {
        let blank = line.lastIndex(of: .blank).flatMap { $0 > 0 ? $0 : nil } ?? line.endIndex
        let taken = text(of: line[..<blank])
        line.removeSubrange(..<min(blank + 1, line.endIndex))
        return taken
    }

    private static func text(of glyphs: ArraySlice<Glyph>) -> String {
        var result = ""
        for glyph in glyphs { result += glyph.text }
        return result
    }
}
