/// The drawing characters that views use: one set for UTF-8 terminals, one for all others.
package struct Glyphs: Equatable, Sendable {
    package var ellipsis: String
    package var horizontal: String
    package var vertical: String
    package var topLeft: String
    package var topRight: String
    package var bottomLeft: String
    package var bottomRight: String
    /// Where a horizontal line meets a vertical one: ┬ ┴ ├ ┤ ┼.
    package var teeDown: String
    package var teeUp: String
    package var teeRight: String
    package var teeLeft: String
    package var cross: String
    /// At the left of the selected row, for terminals whose reverse video is faint.
    package var selectionBar: String
    package var folded: String
    package var unfolded: String
    /// Two cells before a child run that has further siblings.
    package var branch: String
    package var lastBranch: String
    /// Two cells below an ancestor that has further children.
    package var trunk: String
    package var sortDown: String
    package var sortUp: String
    /// Before a marked row.
    package var mark: String
    package var bullet: String
    /// Between items of a header or title.
    package var separator: String
    /// Shown where there is no value.
    package var missing: String
    package var arrowUp: String
    package var arrowDown: String
    package var arrowLeft: String
    package var arrowRight: String
    /// From least to most; sparklines are made of these.
    package var levels: [String]
    /// In place of a value that is not a number.
    package var notANumber: String
    package var infinity: String
    /// Whether charts may use braille dots, eight to a cell.
    package var braille: Bool

    package static let unicode = Glyphs(
        ellipsis: "…", horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
        teeDown: "┬", teeUp: "┴", teeRight: "├", teeLeft: "┤", cross: "┼", selectionBar: "▌", folded: "▸",
        unfolded: "▾", branch: "├ ", lastBranch: "└ ", trunk: "│ ", sortDown: "▼", sortUp: "▲", mark: "◆",
        bullet: "•", separator: "·", missing: "–", arrowUp: "↑", arrowDown: "↓", arrowLeft: "←", arrowRight: "→",
        levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], notANumber: "×", infinity: "∞", braille: true)

    package static let ascii = Glyphs(
        ellipsis: "~", horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        teeDown: "+", teeUp: "+", teeRight: "+", teeLeft: "+", cross: "+", selectionBar: ">", folded: "+",
        unfolded: "-", branch: "|-", lastBranch: "`-", trunk: "| ", sortDown: "v", sortUp: "^", mark: "*",
        bullet: "*", separator: "-", missing: "-", arrowUp: "^", arrowDown: "v", arrowLeft: "<", arrowRight: ">",
        levels: ["_", ".", "-", "=", "+", "*", "#", "@"], notANumber: "x", infinity: "inf", braille: false)
}
