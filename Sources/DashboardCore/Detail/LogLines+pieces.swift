import TerminalUI

/// What the screen shows of a log's lines, and where in it a match is.
extension LogLines {
    /// One screen line.
    struct Piece: Equatable {
        /// Its line in the window, which may itself be a part of a very long one.
        let line: Int
        let text: String
        /// Characters of the line before it.
        let column: Int
        /// What the line has between the screen line above and this one: a blank at which it was broken, or nothing. Nil
        /// where a line of the log begins.
        let joint: String?
    }

    /// The screen lines from a position on.
    func pieces(from position: Position, count: Int) -> [Piece] {
        var found: [Piece] = []
        var line = position.line
        var skipped = position.part
        while line < window.lineCount, found.count < count {
            found += pieces(of: line).dropFirst(skipped).prefix(count - found.count)
            skipped = 0
            line += 1
        }
        return found
    }

    private func pieces(of line: Int) -> [Piece] {
        let whole = window.text(ofLine: line)
        var rest = whole[...]
        var column = 0
        var pieces: [Piece] = []
        for text in parts(of: line) {
            var joint: String? = window.isRest(line: line) ? "" : nil
            if !pieces.isEmpty {
                joint = ""
                // The blank at which the line was broken.
                if !text.hasPrefix(" "), rest.first == " " {
                    joint = " "
                    rest = rest.dropFirst()
                    column += 1
                }
            }
            pieces.append(Piece(line: line, text: text, column: column, joint: joint))
            rest = rest.dropFirst(text.count)
            column += text.count
        }
        return pieces
    }

    /// Where a text that begins at `offset` in the log is: the part of its line, and how many characters are before it
    /// in the line. The beginning of the line when a redraw has replaced it.
    func place(of text: String, at offset: Int64) -> (position: Position, column: Int) {
        let line = window.line(at: offset)
        let beginning = (Position(line: line, part: 0), 0)
        // A very long line is divided, and a match may go on in the part below.
        let row = window.text(ofLine: line)
        let below = window.isRest(line: line + 1) ? window.text(ofLine: line + 1).prefix(text.count) : ""
        let shown = CaseFold.of(row + below, for: text)
        let wanted = Int(offset - window.offset(ofLine: line))
        let matches = shown.ranges(of: text).map { range in
            (bytes: shown.utf8.distance(from: shown.startIndex, to: range.lowerBound), range: range)
        }
        guard let match = matches.min(by: { abs($0.bytes - wanted) < abs($1.bytes - wanted) }) else { return beginning }
        let column = shown.distance(from: shown.startIndex, to: match.range.lowerBound)
        guard column < row.count else { return beginning }
        let part = pieces(of: line).lastIndex { $0.column <= column } ?? 0
        return (Position(line: line, part: part), column)
    }
}

/// Letter case as searching takes it: it counts only when the text looked for has capitals.
enum CaseFold {
    /// As many characters as `text` has.
    static func of(_ text: String, for search: String) -> String {
        if search.contains(where: \.isUppercase) { return text }
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        return String(text.map { $0.lowercased().count == 1 ? Character($0.lowercased()) : $0 })
    }
}
