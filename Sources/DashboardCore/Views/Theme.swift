import RunModel
import TerminalUI

/// The colours: the terminal's own 16, never the only carrier of meaning.
///
/// Cyan and green vanish on a light background and blue on a dark one, so those colour shapes (glyphs, curves) and never
/// words; red and magenta are readable on both.
enum Theme {
    static let title = Style.plain.bold()
    /// The name of a pane that has not the focus, lines between panes, labels, and what is not now important.
    static let quiet = Style.plain.dim()
    static let label = Style.plain.dim()
    static let key = Style.plain.bold()
    static let good = Style.plain.bold()
    static let bad = Style(foreground: .red).bold()
    static let caution = Style(foreground: .magenta).bold()
    /// For shapes: sparklines, curves, marks, arrows.
    static let accent = Style(foreground: .cyan)

    /// The row under the cursor: one bar of reverse video, for colours turned inside out are a patchwork.
    static func selected(_ style: Style) -> Style {
        Style(attributes: style.attributes.intersection(.bold)).reversed()
    }

    /// For a status's glyph.
    static func shape(of status: RunStatus) -> Style {
        switch status {
        case .running, .finalizing: Style(foreground: .cyan)
        case .completed: Style(foreground: .green)
        default: word(of: status)
        }
    }

    /// For a status's word.
    static func word(of status: RunStatus) -> Style {
        switch status {
        case .running, .finalizing: Style.plain.bold()
        case .completed: .plain
        case .failed: bad
        case .cancelRequested, .notResponding, .unknown: caution
        case .canceled, .paused, .queued, .preparing, .notStarted: quiet
        }
    }
}

extension RunStatus {
    /// One cell that tells the status without colour.
    func glyph(_ glyphs: Glyphs) -> String {
        let ascii = glyphs == .ascii
        switch self {
        case .running: return ascii ? "*" : "●"
        case .finalizing: return ascii ? "*" : "◉"
        case .completed: return ascii ? "+" : "✓"
        case .failed: return ascii ? "x" : "✗"
        case .canceled: return ascii ? "-" : "⊘"
        case .cancelRequested: return ascii ? "!" : "◍"
        case .notResponding: return "?"
        case .queued, .preparing, .notStarted: return ascii ? "o" : "◌"
        case .paused: return ascii ? "=" : "‖"
        case .unknown: return "?"
        }
    }

    /// The status column's word: at most 13 cells for the known ones.
    var label: String {
        switch self {
        case .cancelRequested: "Canceling"
        case .unknown(let word): word
        default: word
        }
    }
}
