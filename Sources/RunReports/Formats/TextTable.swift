import TerminalUI

/// Aligned columns for people. Widths are set by the first rows that are given, so that a long listing begins at once; a later
/// cell that is wider pushes what follows it aside.
package struct TextTable {
    /// One column.
    package struct Column: Sendable {
        /// What stands above it.
        package var title: String
        /// Numbers stand at the right.
        package var isRightAligned: Bool
        /// Whether its text may be cut where a line is too short for all.
        package var canShrink: Bool

        /// A column of texts.
        package init(_ title: String, isRightAligned: Bool = false, canShrink: Bool = false) {
            self.title = title
            self.isRightAligned = isRightAligned
            self.canShrink = canShrink
        }
    }

    private let columns: [Column]
    private let width: Int?
    private let ellipsis: String
    private let hasRule: Bool
    private var widths: [Int]?

    /// - Parameters:
    ///   - width: cells of a line; nil where lines may have any length.
    ///   - hasRule: whether dashes stand below the titles.
    package init(_ columns: [Column], width: Int? = nil, ellipsis: String = "…", hasRule: Bool = false) {
        self.columns = columns
        self.width = width
        self.ellipsis = ellipsis
        self.hasRule = hasRule
    }

    /// The lines of more rows; those of the first call begin with the titles.
    package mutating func lines(_ rows: [[String]]) -> [String] {
        var lines: [String] = []
        let cells = rows.map { $0.map(Self.cell) }
        if widths == nil {
            let widths = fitting(cells)
            self.widths = widths
            lines.append(line(columns.map { Self.cell($0.title) }, widths))
            if hasRule { lines.append(line(widths.map { String(repeating: "-", count: $0) }, widths)) }
        }
        let widths = self.widths ?? []
        for row in cells { lines.append(line(row, widths)) }
        return lines
    }

    /// One line of text, safe for a terminal.
    package static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 &- 0x20 >= 0x5F }) else { return text }
        let single = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return TerminalText.sanitized(single)
    }

    private static let gap = 2
    private static let least = 8

    private func fitting(_ rows: [[String]]) -> [Int] {
        var widths = columns.map { TerminalText.width(of: Self.cell($0.title)) }
        for row in rows {
            for (place, cell) in row.enumerated() where place < widths.count {
                widths[place] = max(widths[place], TerminalText.width(of: cell))
            }
        }
        guard let width else { return widths }
        // From the widest that can give something up, a cell at a time.
        var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - width
        while excess > 0 {
            let candidates = widths.indices.filter { columns[$0].canShrink && widths[$0] > Self.least }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (place, cell) in cells.enumerated() where place < widths.count {
            let isLast = place == widths.count - 1
            let cut =
                width != nil && columns[place].canShrink
                ? TerminalText.truncated(cell, to: widths[place], ellipsis: ellipsis) : cell
            let missing = max(0, widths[place] - TerminalText.width(of: cut))
            let padding = String(repeating: " ", count: missing)
            line += columns[place].isRightAligned ? padding + cut : isLast ? cut : cut + padding
            if !isLast { line += "  " }
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
