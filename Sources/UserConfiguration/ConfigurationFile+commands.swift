package import RunModel
import Yams

/// A command of the user's own, as the file has it.
package struct CommandChoice: Equatable, Sendable {
    /// What `:` is to call it.
    package let name: String
    /// What is run.
    package let template: CommandTemplate
    /// One line for help; empty for none.
    package internal(set) var help = ""
    /// As it was written; may be no key.
    package internal(set) var key: Placed<String>?
    /// Whether a question comes first.
    package internal(set) var confirms = false
    /// What a person is asked to type; nil for nothing.
    package internal(set) var prompt: String?
    /// Whether it runs without the terminal.
    package internal(set) var isInBackground = false
    /// Whether what it wrote on the terminal stays until a key is pressed.
    package internal(set) var pauses = true
    /// Seconds that it may take in the background.
    package internal(set) var timeout = 60
    /// Of its name, from 1.
    package let line: Int
}

extension ConfigurationFile {
    /// More than these nobody remembers.
    static let mostCommands = 100

    private static let names = ["run", "help", "key", "confirm", "prompt", "background", "pause", "timeout"]

    mutating func readCommands(_ node: Node, _ reader: inout ConfigurationReader) {
        for (name, node, value) in reader.entries(node, of: "commands", "a name and a command on each line below it") {
            guard Self.isCommandName(name) else {
                reader.note(
                    node,
                    "\(ConfigurationReader.quoted(name)) cannot name a command; take up to 30 small letters, digits and "
                        + "“-”, a letter first.")
                continue
            }
            if commands.count == Self.mostCommands {
                reader.note(node, "there are more than \(Self.mostCommands) commands; leave some out.")
                return
            }
            if let command = readCommand(name, node, value, &reader) { commands.append(command) }
        }
    }

    /// The command itself, or a group with it and more.
    private func readCommand(
        _ name: String, _ node: Node, _ value: Node, _ reader: inout ConfigurationReader
    ) -> CommandChoice? {
        let setting = "commands.\(name)"
        let expectation = "takes a command of the shell"
        guard value.mapping != nil else {
            return reader.text(value, of: setting, expectation).flatMap {
                template($0.value, setting, value, &reader).map {
                    CommandChoice(name: name, template: $0, line: node.mark?.line ?? 1)
                }
            }
        }
        var run: (text: String, node: Node)?
        var options: [(key: String, node: Node, value: Node)] = []
        for (key, node, value) in reader.entries(value, of: setting, "its command and more, each on a line below it") {
            if key == "run" {
                run = reader.text(value, of: setting + ".run", expectation).map { ($0.value, value) }
                if run == nil { return nil }
            } else {
                options.append((key, node, value))
            }
        }
        guard let run else {
            reader.note(node, "\(setting) has no command; write `run:` and the command below it.")
            return nil
        }
        guard let template = template(run.text, setting + ".run", run.node, &reader) else { return nil }
        var command = CommandChoice(name: name, template: template, line: node.mark?.line ?? 1)
        for (key, node, value) in options { read(key, node, value, into: &command, &reader) }
        if command.template.takesInput {
            command.prompt = command.prompt ?? "input"
        } else if command.prompt != nil {
            reader.note(node, "\(setting) asks for a text and has no ${input}, where it would stand.")
        }
        return command
    }

    private func read(
        _ key: String, _ node: Node, _ value: Node, into command: inout CommandChoice,
        _ reader: inout ConfigurationReader
    ) {
        let setting = "commands.\(command.name).\(key)"
        func flag(_ standard: Bool) -> Bool {
            guard let text = reader.text(value, of: setting, "takes true or false") else { return standard }
            guard let flag = SettingKinds.readOnly.parse(text.value) else {
                reader.note(value, "\(setting) \(SettingKinds.readOnly.refusal(of: text.value))")
                return standard
            }
            return flag
        }
        switch key {
        case "help": command.help = reader.text(value, of: setting, "takes a line of text")?.value ?? ""
        case "key": command.key = reader.text(value, of: setting, "takes a key")
        case "confirm": command.confirms = flag(false)
        case "prompt": command.prompt = reader.text(value, of: setting, "takes what to ask for")?.value
        case "background": command.isInBackground = flag(false)
        case "pause": command.pauses = flag(true)
        case "timeout":
            guard let text = reader.text(value, of: setting, "takes seconds from 1 to 3600") else { return }
            guard let seconds = Int(text.value), (1...3_600).contains(seconds) else {
                reader.note(
                    value,
                    "\(setting) takes seconds from 1 to 3600, and \(ConfigurationReader.quoted(text.value)) is none.")
                return
            }
            command.timeout = seconds
        default: reader.unknown(node, key, what: "setting of a command", known: Self.names)
        }
    }

    private func template(
        _ text: String, _ setting: String, _ node: Node, _ reader: inout ConfigurationReader
    ) -> CommandTemplate? {
        do throws(CommandTemplate.Fault) {
            return try CommandTemplate(text)
        } catch {
            reader.note(node, "\(setting): \(error.sentence)")
            return nil
        }
    }

    private static func isCommandName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7a).contains(first), text.utf8.count <= 30 else { return false }
        return text.utf8.allSatisfy { byte in
            (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
        }
    }
}
