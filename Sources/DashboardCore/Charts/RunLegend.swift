import RunModel
import TerminalUI

/// What tells several runs apart on one chart: a mark and a colour for each, and names cut to what differs.
enum RunLegend {
    /// Shapes that differ without colour too.
    static func mark(_ index: Int, _ glyphs: Glyphs) -> String {
        let marks =
            glyphs.braille
            ? ["●", "▲", "■", "◆", "○", "△", "□", "◇"] : ["*", "o", "x", "#", "@", "%", "+", "&"]
        return marks[index % marks.count]
    }

    /// Without those that vanish on a light or a dark background.
    static func style(_ index: Int) -> Style {
        let colors: [Color] = [.cyan, .magenta, .yellow, .green, .red, .blue, .standard, .brightMagenta]
        return Style(foreground: colors[index % colors.count])
    }

    /// Names of at most `width` cells: a beginning that all share goes first, then the end. Equal names get the ends of
    /// their ids.
    static func names(_ runs: [(name: String, id: RunID)], width: Int, ellipsis: String) -> [String] {
        let counts = Dictionary(runs.map { (ExactText($0.name), 1) }, uniquingKeysWith: +)
        var names = runs.map { run in
            counts[ExactText(run.name), default: 1] > 1 ? "\(run.name) \(run.id.text.suffix(6))" : run.name
        }
        if names.contains(where: { TerminalText.width(of: $0) > width }) {
            let common = commonBeginning(names)
            if common > 3 { names = names.map { ellipsis + $0.dropFirst(common) } }
        }
        return names.map { TerminalText.truncated($0, to: width, ellipsis: ellipsis) }
    }

    /// Characters that all names begin with, up to the end of a word.
    private static func commonBeginning(_ names: [String]) -> Int {
        guard names.count > 1, let first = names.first else { return 0 }
        let shortest = names.map(\.count).min() ?? 0
        var length = 0
        var end = 0
        for character in first.prefix(max(0, shortest - 1)) {
            length += 1
            guard names.allSatisfy({ $0.dropFirst(length - 1).first == character }) else { break }
            // A point may be one of a number.
            if !character.isLetter, !character.isNumber, character != "." { end = length }
        }
        return end
    }
}
