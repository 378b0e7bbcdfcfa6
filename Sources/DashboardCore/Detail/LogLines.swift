import TerminalUI

/// A log's lines as they are laid out on a screen of some width, and moving through them by screen lines.
struct LogLines {
    let window: LogWindow
    /// Whether every line is wrapped; parts of very long ones always are, since scrolling sideways never ended.
    let wraps: Bool
    /// Cells.
    let width: Int

    /// A screen line: which of the parts that a line is laid out in.
    struct Position: Equatable, Comparable {
        var line: Int
        var part: Int

        static func < (left: Position, right: Position) -> Bool { (left.line, left.part) < (right.line, right.part) }
    }

    func isWrapped(_ line: Int) -> Bool { wraps || window.isPart(line: line) }

    /// What a line is laid out in: at least one text.
    func parts(of line: Int) -> [String] {
        let text = window.text(ofLine: line)
        guard isWrapped(line) else { return [text] }
        let parts = TerminalText.wrapped(text, width: max(1, width))
        return parts.isEmpty ? [""] : parts
    }

    /// A position in a window that has lines: part `part` of the line that begins at `offset`; where none begins there
    /// any more, the part that is `bytes` behind that offset.
    func position(at offset: Int64, part: Int, bytes: Int) -> Position {
        let line = window.line(at: offset)
        if window.offset(ofLine: line) == offset {
            return Position(line: line, part: min(part, parts(of: line).count - 1))
        }
        let place = offset + Int64(bytes)
        let holding = window.line(at: place)
        return Position(line: holding, part: self.part(of: holding, behind: place - window.offset(ofLine: holding)))
    }

    /// How many bytes of the line's text are before a part of it.
    func bytes(before position: Position) -> Int {
        parts(of: position.line).prefix(position.part).reduce(0) { $0 + $1.utf8.count + 1 }
    }

    private func part(of line: Int, behind bytes: Int64) -> Int {
        var rest = bytes
        let parts = parts(of: line)
        for (index, text) in parts.enumerated() {
            // One more for the blank at which the line was broken.
            rest -= Int64(text.utf8.count + 1)
            if rest < 0 { return index }
        }
        return parts.count - 1
    }

    /// So many screen lines further down, or up if negative, as far as there are any.
    func moved(_ position: Position, by lines: Int) -> Position {
        var position = position
        var rest = lines
        while rest > 0 {
            let below = parts(of: position.line).count - 1 - position.part
            if rest <= below || position.line + 1 >= window.lineCount {
                position.part += min(rest, below)
                return position
            }
            rest -= below + 1
            position = Position(line: position.line + 1, part: 0)
        }
        while rest < 0 {
            if -rest <= position.part || position.line == 0 {
                position.part = max(0, position.part + rest)
                return position
            }
            rest += position.part + 1
            position.line -= 1
            position.part = parts(of: position.line).count - 1
        }
        return position
    }

    /// Where the last screenful of the window begins.
    func bottom(height: Int) -> Position {
        let last = window.lineCount - 1
        return moved(Position(line: last, part: parts(of: last).count - 1), by: 1 - height)
    }
}
