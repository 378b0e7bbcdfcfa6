/// The drawing characters that views use: one set for UTF-8 terminals, one for all others.
package struct Glyphs: Equatable, Sendable {
    /// At the end of what was cut.
    package var ellipsis: String
    /// A piece of a horizontal line.
    package var horizontal: String
    /// A piece of a vertical line.
    package var vertical: String
    /// A corner of a frame.
    package var topLeft: String
    /// A corner of a frame.
    package var topRight: String
    /// A corner of a frame.
    package var bottomLeft: String
    /// A corner of a frame.
    package var bottomRight: String
    /// Where a horizontal line meets a vertical one: ┬ ┴ ├ ┤ ┼.
    package var teeDown: String
    /// A vertical line that meets a horizontal one from above.
    package var teeUp: String
    /// A horizontal line that begins at a vertical one.
    package var teeRight: String
    /// A horizontal line that ends at a vertical one.
    package var teeLeft: String
    /// Two lines that cross.
    package var cross: String
    /// At the left of the selected row, for terminals whose reverse video is faint.
    package var selectionBar: String
    /// Before a family that is closed.
    package var folded: String
    /// Before a family that is open.
    package var unfolded: String
    /// Two cells before a child run that has further siblings.
    package var branch: String
    /// Two cells before the last child run.
    package var lastBranch: String
    /// Two cells below an ancestor that has further children.
    package var trunk: String
    /// Beside the column that is sorted, greatest first.
    package var sortDown: String
    /// Beside the column that is sorted, least first.
    package var sortUp: String
    /// Before a marked row.
    package var mark: String
    /// Behind the name of what somebody wrote a note about.
    package var note: String
    /// Before an item of a list.
    package var bullet: String
    /// Between items of a header or title.
    package var separator: String
    /// Shown where there is no value.
    package var missing: String
    /// There is more above.
    package var arrowUp: String
    /// There is more below.
    package var arrowDown: String
    /// There is more to the left.
    package var arrowLeft: String
    /// There is more to the right.
    package var arrowRight: String
    /// From least to most; sparklines are made of these.
    package var levels: [String]
    /// In place of a value that is not a number.
    package var notANumber: String
    /// In place of an infinite value.
    package var infinity: String
    /// Whether charts may use braille dots, eight to a cell.
    package var braille: Bool

    /// For terminals that show UTF-8.
    package static let unicode = Glyphs(
        ellipsis: "…", horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
        teeDown: "┬", teeUp: "┴", teeRight: "├", teeLeft: "┤", cross: "┼", selectionBar: "▌", folded: "▸",
        unfolded: "▾", branch: "├ ", lastBranch: "└ ", trunk: "│ ", sortDown: "▼", sortUp: "▲", mark: "◆", note: "✎",
        bullet: "•", separator: "·", missing: "–", arrowUp: "↑", arrowDown: "↓", arrowLeft: "←", arrowRight: "→",
        levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], notANumber: "×", infinity: "∞", braille: true)

    /// For all other terminals.
    package static let ascii = Glyphs(
        ellipsis: "~", horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        teeDown: "+", teeUp: "+", teeRight: "+", teeLeft: "+", cross: "+", selectionBar: ">", folded: "+",
        unfolded: "-", branch: "|-", lastBranch: "`-", trunk: "| ", sortDown: "v", sortUp: "^", mark: "*", note: "#",
        bullet: "*", separator: "-", missing: "-", arrowUp: "^", arrowDown: "v", arrowLeft: "<", arrowRight: ">",
        levels: ["_", ".", "-", "=", "+", "*", "#", "@"], notANumber: "x", infinity: "inf", braille: false)
}
