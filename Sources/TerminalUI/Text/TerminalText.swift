/// Untrusted text measured in cells and made safe to send.
package enum TerminalText {
    /// Cells that `text` takes once sanitized.
    package static func width(of text: String) -> Int {
        width(of: text[...])
    }

    /// Cells that `text` takes once sanitized.
    package static func width(of text: Substring) -> Int {
        if let length = asciiLength(text) { return length }
        return GlyphIterator(text).reduce(0) { $0 + Int($1.width) }
    }

    /// `text` as the terminal gets it: control characters, escapes, bidi controls, invisible and unassigned characters
    /// are replaced by visible stand-ins, and what terminals measure differently by a plain form.
    package static func sanitized(_ text: String) -> String {
        if asciiLength(text[...]) != nil { return text }
        return sanitized(text[...])
    }

    /// `text` as the terminal gets it.
    package static func sanitized(_ text: Substring) -> String {
        if asciiLength(text) != nil { return String(text) }
        var result = ""
        for glyph in GlyphIterator(text) { result += glyph.text }
        return result
    }

    /// Exactly `width` cells: sanitized, then cut with an ellipsis or padded with blanks on the right.
    package static func fitted(_ text: String, to width: Int, ellipsis: String = "…") -> String {
        fitted(text[...], to: width, ellipsis: ellipsis)
    }

    /// Exactly `width` cells.
    package static func fitted(_ text: Substring, to width: Int, ellipsis: String = "…") -> String {
        guard width > 0 else { return "" }
        let cut = truncated(text, to: width, ellipsis: ellipsis)
        return cut.text + String(repeating: " ", count: width - cut.width)
    }

    /// At most `width` cells: sanitized, then cut with an ellipsis when too long. Never splits a wide character.
    package static func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
        truncated(text[...], to: width, ellipsis: ellipsis).text
    }

    private static func truncated(_ text: Substring, to width: Int, ellipsis: String) -> (text: String, width: Int) {
        guard width > 0 else { return ("", 0) }
        if let length = asciiLength(text), length <= width { return (String(text), length) }
        let room = width - self.width(of: ellipsis)
        var kept = ""
        var keptWidth = 0
        var all = ""
        var allWidth = 0
        for glyph in GlyphIterator(text) {
            allWidth += Int(glyph.width)
            guard allWidth <= width else {
                guard room >= 0 else { return (String(repeating: " ", count: width), width) }
                return (kept + ellipsis, keptWidth + width - room)
            }
            all += glyph.text
            if allWidth <= room {
                kept = all
                keptWidth = allWidth
            }
        }
        return (all, allWidth)
    }

    /// The number of cells when `text` is printable ASCII, the usual case, else nil.
    static func asciiLength(_ text: Substring) -> Int? {
        asciiPrefix(text, limit: .max).flatMap { $0.isWhole ? $0.length : nil }
    }

    /// The length of the printable ASCII that `text` starts with, as far as `limit` bytes, and whether that is all of
    /// it. Nil when something else comes before `limit`, or the text is not stored as contiguous UTF-8.
    static func asciiPrefix(_ text: Substring, limit: Int) -> (length: Int, isWhole: Bool)? {
        text.utf8.withContiguousStorageIfAvailable { bytes -> (length: Int, isWhole: Bool)? in
            let length = min(bytes.count, limit)
            for index in 0..<length where bytes[index] &- 0x20 >= 0x5F { return nil }
            return (length, length == bytes.count)
        } ?? nil
    }
}
