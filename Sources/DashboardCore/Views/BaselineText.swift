import RunModel
import TerminalUI

/// How the pinned run and differences to it are written.
enum BaselineText {
    /// Before the pinned run's name.
    static func pin(_ glyphs: Glyphs) -> String { glyphs == .ascii ? "#" : "◈" }

    /// Above a column of differences.
    static func head(_ glyphs: Glyphs) -> String { glyphs == .ascii ? "+/- " : "Δ " }

    /// `+0.071`; what is not finite stays as it is.
    static func difference(_ number: Double, to base: Double, maxWidth: Int) -> String {
        let difference = number - base
        guard difference.isFinite else { return NumberText.compact(number, maxWidth: maxWidth) }
        if difference == 0 { return "0" }
        let text = NumberText.compact(difference, maxWidth: maxWidth - 1)
        return difference > 0 ? "+" + text : text
    }
}

/// How the best child is marked.
enum BestText {
    static func star(_ glyphs: Glyphs) -> String { glyphs == .ascii ? "*" : "★" }
}
