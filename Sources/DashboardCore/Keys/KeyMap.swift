package import TerminalUI

/// Which key is which command while nothing is open: the table's, or one with other keys.
package struct KeyMap: Sendable {
    /// Some keys and the command that they are.
    package struct Binding: Sendable {
        /// The first is the one that the footer offers.
        package let keys: [Key]
        /// The command that any of the keys is.
        package let command: Command
        /// Where help lists it.
        package let group: CommandEntry.Group

        /// A row of the map.
        package init(keys: [Key], command: Command, group: CommandEntry.Group) {
            self.keys = keys
            self.command = command
            self.group = group
        }
    }

    /// In the order in which help lists them.
    package let bindings: [Binding]
    private let commands: [Key: Command]
    private let logCommands: [Key: Command]
    private let chartCommands: [Key: Command]

    /// No key may occur twice in one place.
    package init(_ bindings: [Binding]) {
        self.bindings = bindings
        func keys(in place: CommandEntry.Place) -> [Key: Command] {
            var commands: [Key: Command] = [:]
            for binding in bindings where binding.command.entry.place.overlaps(place) {
                for key in binding.keys { commands[key] = binding.command }
            }
            return commands
        }
        commands = keys(in: .panes)
        logCommands = keys(in: .log)
        chartCommands = keys(in: .charts)
    }

    /// Nil for a key that is none.
    ///
    /// - Parameter place: what has the keyboard.
    package func command(for key: Key, in place: CommandEntry.Place = .panes) -> Command? {
        switch place {
        case .log: logCommands[key]
        case .charts: chartCommands[key]
        default: commands[key]
        }
    }

    /// The keys that are the command; the first is the one that the footer offers.
    package func keys(for command: Command) -> [Key] {
        bindings.filter { $0.command == command }.flatMap(\.keys)
    }

    /// The keys of the commands' table, in its order.
    package static let standard = KeyMap(
        Command.allCases.compactMap { command in
            let entry = command.entry
            return entry.group.map { Binding(keys: entry.keys, command: command, group: $0) }
        })
}
