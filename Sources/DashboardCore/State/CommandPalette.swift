package import TerminalUI

/// The `:` line with the commands that match what is typed.
package struct CommandPalette: Equatable, Sendable {
    /// What is typed after the colon.
    package internal(set) var input = LineInput()
    /// The highlighted match; among words for a command, 0 is what is typed and 1 the first match.
    package internal(set) var selection = 0

    /// The user's own commands.
    let own: [UserCommand]

    /// With nothing typed.
    package init(own: [UserCommand] = []) { self.own = own }

    /// With a command's name typed, for what follows it.
    init(command: Command) {
        own = []
        input = LineInput(text: command.name + " ")
    }

    /// The command whose name is typed in full, with a blank behind it: now its words are wanted.
    var completed: Command? {
        guard input.text.drop(while: { $0 == " " }).contains(" ") else { return nil }
        return Command.allCases.first { $0.name == word && $0.takesArgument }
    }

    var word: String { String(input.text.drop { $0 == " " }.prefix { $0 != " " }) }

    /// What follows the command's name.
    var argument: String {
        let rest = input.text.drop { $0 == " " }.drop { $0 != " " }
        return String(rest.drop { $0 == " " })
    }

    /// Commands whose name begins with the word, then those that have it elsewhere in name or summary.
    package var matches: [PaletteEntry] {
        let word = word.lowercased()
        let all = Command.allCases.map { PaletteEntry.builtIn($0) } + own.map { .own($0) }
        var named = all.filter { $0.name.hasPrefix(word) }.sorted { $0.name < $1.name }
        guard !word.isEmpty else { return named }
        // `:q` is in many fingers.
        if let quit = named.firstIndex(of: .builtIn(.quit)) { named.insert(named.remove(at: quit), at: 0) }
        let others = all.filter { command in
            !named.contains(command) && (command.name.contains(word) || command.summary.contains(word))
        }
        return named + others.sorted { $0.name < $1.name }
    }

    /// What Enter runs: the exact name if typed, else the highlighted match.
    package var chosen: PaletteEntry? {
        // Enter on an empty line closes it, as it does in every such prompt.
        if word.isEmpty, selection == 0 { return nil }
        let matches = matches
        if let exact = matches.first(where: { $0.name == word }), selection == 0 { return exact }
        return matches.indices.contains(selection) ? matches[selection] : nil
    }
}
