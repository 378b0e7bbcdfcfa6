package import TerminalUI

extension KeyMap {
    /// Other keys for a command.
    package struct Choice: Sendable, Equatable {
        /// Which command.
        package let command: Command
        /// All its keys from now on; none leaves it to its name.
        package let keys: [Key]

        /// Keys for a command.
        package init(command: Command, keys: [Key]) {
            self.command = command
            self.keys = keys
        }
    }

    /// What is wrong with a choice.
    package struct Clash: Error, Equatable {
        /// Which of the choices.
        package let index: Int
        /// What is wrong and what to write instead.
        package let sentence: String
    }

    /// The same map with other keys for some commands, each of which is named once. Throws the first clash.
    package func rebound(_ choices: [Choice]) throws(Clash) -> KeyMap {
        let chosen = Dictionary(choices.map { ($0.command, $0.keys) }, uniquingKeysWith: { first, _ in first })
        let map = KeyMap(
            Command.allCases.compactMap { command in
                let before = bindings.first { $0.command == command }
                guard let keys = chosen[command] ?? before?.keys else { return nil }
                let group = before?.group ?? command.entry.group ?? .program
                return Binding(keys: keys, command: command, group: group)
            })
        for (index, choice) in choices.enumerated() {
            if let sentence = map.fault(in: choice) { throw Clash(index: index, sentence: sentence) }
        }
        if map.keys(for: .quit).isEmpty, map.keys(for: .command).isEmpty {
            let index = choices.lastIndex { [.quit, .command].contains($0.command) } ?? 0
            throw Clash(index: index, sentence: "without keys for quit and command there is no way out; leave one.")
        }
        return map
    }

    private func fault(in choice: Choice) -> String? {
        for (index, key) in choice.keys.enumerated() {
            let name = "“\(key.label(ascii: true))”"
            if key == .control("c") { return "ctrl-c leaves what is open and cannot be bound; take another key." }
            if choice.keys[..<index].contains(key) { return "\(name) is there twice; keep one." }
            let place = choice.command.entry.place
            let others = bindings.lazy.filter { $0.command != choice.command && $0.command.entry.place.overlaps(place) }
            if let other = others.first(where: { $0.keys.contains(key) })?.command {
                return "\(name) is the key of \(other.name) already; take another, or give \(other.name) other keys "
                    + "too."
            }
            if choice.command.opensQuestion, let action = PromptKeys.action(for: key, in: .confirmation),
                [.confirm, .confirmAll, .confirmExecution].contains(action)
            {
                return "\(name) answers the question before a step that cannot be taken back, so it must not ask it; "
                    + "take another key."
            }
            if choice.command.opensQuestion, [.enter, " "].contains(key) {
                return "\(name) is pressed too easily for what cannot be taken back; take another key."
            }
            for context in PromptKeys.Context.allCases where context.moves.contains(choice.command) {
                if PromptKeys.action(for: key, in: context) != nil {
                    let place = context.rawValue.prefix(1).lowercased() + context.rawValue.dropFirst()
                    return "\(name) means something else \(place), where \(choice.command.name) moves; take another "
                        + "key."
                }
            }
        }
        return nil
    }
}

extension Command {
    /// By what `:` calls it.
    package init?(named name: String) {
        guard let command = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = command
    }

    /// Whether a question follows before a step that cannot be taken back.
    var opensQuestion: Bool { [.cancel, .kill, .fail, .complete, .requeue].contains(self) }
}
