/// What a terminal can do, as far as views care.
package struct TerminalTraits: Equatable, Sendable {
    /// 0 without colour (or when the person set NO_COLOR), else 8 or 16.
    package var colors: Int
    /// Whether characters beyond ASCII may be shown.
    package var unicode: Bool
    /// The value of TERM.
    package var name: String
    /// Whether it may take a text for the clipboard.
    package var hasClipboard: Bool

    /// What a terminal can do.
    package init(colors: Int, unicode: Bool, name: String, hasClipboard: Bool = false) {
        self.colors = colors
        self.unicode = unicode
        self.name = name
        self.hasClipboard = hasClipboard
    }

    /// The drawing characters that this terminal can show.
    package var glyphs: Glyphs { unicode ? .unicode : .ascii }
}
