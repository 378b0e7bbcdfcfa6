import RunModel
import TerminalUI

/// One line of the `:` palette.
package enum PaletteEntry: Equatable, Sendable {
    case builtIn(Command)
    case own(UserCommand)

    /// What is typed for it.
    package var name: String {
        switch self {
        case .builtIn(let command): command.name
        case .own(let command): command.name
        }
    }

    /// What is said beside it.
    package var summary: String {
        switch self {
        case .builtIn(let command): command.summary
        case .own(let command): command.summary
        }
    }

    var takesArgument: Bool {
        switch self {
        case .builtIn(let command): command.takesArgument
        case .own(let command): command.prompt != nil
        }
    }

    /// The first key that does the same; empty for none.
    func keyLabel(_ dashboard: Dashboard) -> String {
        let ascii = dashboard.glyphs == .ascii
        return switch self {
        case .builtIn(let command): dashboard.keys.keys(for: command).first?.label(ascii: ascii) ?? ""
        case .own(let command): command.key?.label(ascii: ascii) ?? ""
        }
    }

    func isUnavailable(_ dashboard: Dashboard) -> Bool {
        switch self {
        case .builtIn(let command): dashboard.unavailable(command) != nil
        case .own(let command): command.template.needsRun && dashboard.noTargets != nil
        }
    }
}
