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
        for glyph in GlyphIterator(paragraph) {
            if lineWidth + Int(glyph.width) > width {
                if glyph == .blank {
                    // The blank that would begin the next line is the break itself.
                    lines.append(text(of: line[...]))
                    line.removeAll()
                    lineWidth = 0
                    continue
                }
                let wordStart = line.lastIndex(of: .blank).map { $0 + 1 } ?? 0
                if wordStart > 0, wordStart < line.count || line.last == .blank {
                    lines.append(text(of: line[..<(wordStart - 1)]))
                    line.removeSubrange(..<wordStart)
                } else {
                    lines.append(text(of: line[...]))
                    line.removeAll()
                }
                lineWidth = line.reduce(0) { $0 + Int($1.width) }
            }
            // A wide character cannot be shown in one column at all.
            guard Int(glyph.width) <= width else { continue }
            line.append(glyph)
            lineWidth += Int(glyph.width)
        }
        lines.append(text(of: line[...]))
    }

    private static func text(of glyphs: ArraySlice<Glyph>) -> String {
        var result = ""
        for glyph in glyphs { result += glyph.text }
        return result
    }
}
