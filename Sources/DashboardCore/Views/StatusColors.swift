import RunModel
package import TerminalUI

/// The colours of statuses: the theme's, or those that a person chose.
package struct StatusColors: Equatable, Sendable {
    private var chosen: [String: Color]

    /// - Parameter chosen: by `names`.
    package init(_ chosen: [String: Color] = [:]) { self.chosen = chosen }

    /// What can have a colour: the statuses, and the marks of runs that ask for attention.
    package static let names = [
        "not-started", "queued", "preparing", "running", "finalizing", "cancel-requested", "paused", "not-responding",
        "completed", "failed", "canceled", attention,
    ]

    private static let attention = "attention"

    /// For a status's glyph.
    func shape(of status: RunStatus) -> Style { with(Self.name(of: status), Theme.shape(of: status)) }

    /// For a status's word.
    func word(of status: RunStatus) -> Style { with(Self.name(of: status), Theme.word(of: status)) }

    /// For the marks of a run.
    var mark: Style { with(Self.attention, Theme.caution) }

    private func with(_ name: String, _ style: Style) -> Style {
        guard let color = chosen[name] else { return style }
        // What is faint by itself would take the colour with it.
        return Style(foreground: color, attributes: style.attributes.subtracting(.dim))
    }

    private static func name(of status: RunStatus) -> String {
        switch status {
        case .notStarted: "not-started"
        case .queued: "queued"
        case .preparing: "preparing"
        case .running: "running"
        case .finalizing: "finalizing"
        case .cancelRequested: "cancel-requested"
        case .paused: "paused"
        case .notResponding: "not-responding"
        case .completed: "completed"
        case .failed: "failed"
        case .canceled: "canceled"
        case .unknown: ""
        }
    }
}
