package import TerminalUI

/// One command as one value: what it is called, its keys, when it does something, and what is said of it.
package struct CommandEntry: Sendable {
    /// Where help and README list a command.
    package enum Group: String, CaseIterable, Sendable {
        case moving = "Moving"
        case runs = "Runs"
        case run = "The selected run"
        case charts = "In charts"
        case steering = "Steering"
        case program = "runwatch"
    }

    /// Where a key means a command: the same key may mean another one elsewhere.
    package struct Place: OptionSet, Sendable {
        /// One bit for each place.
        package let rawValue: UInt8

        /// Bits of the constants below.
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Lists, and pages of a run other than those below.
        package static let panes = Place(rawValue: 1)
        /// A run's log.
        package static let log = Place(rawValue: 2)
        /// The Metrics page of a run, and charts of several.
        package static let charts = Place(rawValue: 4)
        /// All but a log.
        package static let lists: Place = [.panes, .charts]
        /// All but charts.
        package static let besidesCharts: Place = [.panes, .log]
        /// All of them.
        package static let everywhere: Place = [.panes, .log, .charts]

        /// Whether there is a place that is both.
        package func overlaps(_ other: Place) -> Bool { !isDisjoint(with: other) }
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
