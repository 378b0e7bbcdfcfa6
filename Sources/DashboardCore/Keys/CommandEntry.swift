package import TerminalUI

/// One command as one value: what it is called, its keys, when it does something, and what is said of it.
package struct CommandEntry: Sendable {
    /// Where help and README list a command.
    package enum Group: String, CaseIterable, Sendable {
        case moving = "Moving"
        case runs = "Runs"
        case run = "The selected run"
        case steering = "Steering"
        case program = "runwatch"
    }

    /// Where a key means a command: the same key may mean another one elsewhere.
    package enum Place: Sendable {
        case everywhere
        case lists
        case log

        /// Whether there is a place that is both.
        package func overlaps(_ other: Place) -> Bool {
            self == other || self == .everywhere || other == .everywhere
        }
    }

    /// Which command it is.
    package let command: Command
    /// What `:` calls it.
    package let name: String
    /// One line for help, palette and README.
    package let summary: String
    /// The first is the one that the footer offers; none where the command is reached by its name only.
    package let keys: [Key]
    /// Nil for commands without keys.
    package let group: Group?
    /// Whether words may follow its name.
    package let takesArgument: Bool
    /// What the footer says beside the key; nil where the footer never offers it.
    package let label: String?
    /// Where its keys mean it.
    package let place: Place
    /// Why it does nothing now; nil when it does something.
    let refusal: @Sendable (Dashboard) -> String?

    /// - Parameters:
    ///   - name: what `:` calls it; the command's own name where that is one word.
    ///   - refusal: why it does nothing now; nil when it does something.
    init(
        _ command: Command, _ name: String? = nil, _ summary: String = "", _ keys: [Key] = [], _ group: Group? = nil,
        takesArgument: Bool = false, label: String? = nil, place: Place = .everywhere,
        refusal: @escaping @Sendable (Dashboard) -> String? = { _ in nil }
    ) {
        self.command = command
        self.name = name ?? command.rawValue
        self.summary = summary
        self.keys = keys
        self.group = group
        self.takesArgument = takesArgument
        self.label = label
        self.place = place
        self.refusal = refusal
    }
}
