import DashboardCore
import RunServices
import TerminalUI
import UserConfiguration

extension ConfigurationFile {
    /// The user's own commands. Throws what is wrong with their names and keys.
    ///
    /// - Parameter keys: the keys that are taken.
    func userCommands(beside keys: KeyMap) throws(ConfigurationFaults) -> [UserCommand] {
        var faults: [ConfigurationFault] = []
        var taken: [Key: String] = [:]
        var found: [UserCommand] = []
        for choice in commands {
            let setting = "commands.\(choice.name)"
            func note(_ line: Int, _ sentence: String) {
                faults.append(ConfigurationFault(Shown.path(path), line: line, "\(setting): \(sentence)"))
            }
            if Command(named: choice.name) != nil {
                note(choice.line, "there is a command of that name already; take another name.")
            }
            var key: Key?
            if let written = choice.key {
                key = Key(label: written.value)
                if let key, let sentence = clash(of: key, for: choice, keys, taken) {
                    note(written.line, sentence)
                } else if let key {
                    taken[key] = choice.name
                } else {
                    note(
                        written.line,
                        "“\(Shown.text(written.value))” is no key that a terminal sends; write it as help does: x, X, "
                            + "ctrl-x, alt-x, F5.")
                }
            }
            found.append(
                UserCommand(
                    name: choice.name, summary: choice.help, key: key, template: choice.template,
                    confirms: choice.confirms, prompt: choice.prompt, isInBackground: choice.isInBackground,
                    pauses: choice.pauses, deadline: Int64(choice.timeout) * 1_000))
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        return found
    }

    /// Why a key cannot be a command's; nil where it can.
    private func clash(of key: Key, for choice: CommandChoice, _ keys: KeyMap, _ taken: [Key: String]) -> String? {
        let name = "“\(key.label(ascii: true))”"
        if key == .control("c") { return "ctrl-c leaves what is open and cannot be bound; take another key." }
        if let other = keys.bindings.first(where: { $0.keys.contains(key) })?.command {
            return "\(name) is the key of \(other.name) already; take another, or give \(other.name) other keys under "
                + "`keys:`."
        }
        if let other = taken[key] { return "\(name) is the key of \(other) already; take another." }
        if choice.confirms, PromptKeys.action(for: key, in: .confirmation) == .confirm {
            return "\(name) answers the question before it, so it must not ask it; take another key."
        }
        return nil
    }

    /// The colours that are chosen. Throws what is wrong with them.
    func statusColors() throws(ConfigurationFaults) -> StatusColors {
        var faults: [ConfigurationFault] = []
        var chosen: [String: Color] = [:]
        for choice in colors {
            func note(_ sentence: String) {
                let setting = "theme.colors.\(Shown.text(choice.name))"
                faults.append(ConfigurationFault(Shown.path(path), line: choice.line, "\(setting): \(sentence)"))
            }
            guard StatusColors.names.contains(choice.name) else {
                let near = SimilarName.nearest(to: choice.name, in: StatusColors.names)
                note(
                    "there is nothing of that name; "
                        + (near.map { "did you mean \($0)?" }
                            ?? "there are \(StatusColors.names.joined(separator: ", "))."))
                continue
            }
            guard let color = Color(named: choice.color) else {
                note(
                    "“\(Shown.text(choice.color))” is no colour; take \(Color.names.joined(separator: ", ")), one of them "
                        + "with “bright-” before it, gray, default, or a number from 0 to 255.")
                continue
            }
            chosen[choice.name] = color
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        return StatusColors(chosen)
    }
}
