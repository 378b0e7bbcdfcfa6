import RunModel
import TerminalUI

/// The colours: the terminal's own 16, never the only carrier of meaning, readable on light and dark backgrounds.
enum Theme {
    static let title = Style.plain.bold()
    static let focusedTitle = Style(foreground: .cyan).bold()
    /// Lines between panes, labels, and what is there but not now important.
    static let quiet = Style.plain.dim()
    static let label = Style.plain.dim()
    static let key = Style.plain.bold()
    static let good = Style(foreground: .green)
    static let bad = Style(foreground: .red).bold()
    static let caution = Style(foreground: .magenta).bold()
    static let accent = Style(foreground: .cyan)
    static let match = Style.plain.reversed()

    /// The row under the cursor: one bar of reverse video, for colours turned inside out are a patchwork.
    static func selected(_ style: Style) -> Style {
        Style(attributes: style.attributes.intersection(.bold)).reversed()
    }

    static func style(of status: RunStatus) -> Style {
        switch status {
        case .running, .finalizing: Style(foreground: .cyan).bold()
        case .completed: Style(foreground: .green)
        case .failed: Style(foreground: .red).bold()
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
        case .unknown(let word): "?\(word)"
        default: word
        }
    }
}
