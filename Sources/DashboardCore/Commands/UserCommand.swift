package import RunModel
package import TerminalUI

/// A command of the user's own, from the configuration.
package struct UserCommand: Equatable, Sendable {
    /// What `:` calls it.
    package let name: String
    /// One line for help and palette.
    package let summary: String
    /// Nil leaves it to its name.
    package let key: Key?
    /// What is run.
    package let template: CommandTemplate
    /// Whether a question comes first.
    package let confirms: Bool
    /// What a person is asked to type; nil for nothing.
    package let prompt: String?
    /// Whether it runs without the terminal.
    package let isInBackground: Bool
    /// Whether what it wrote on the terminal stays until a key is pressed.
    package let pauses: Bool
    /// Milliseconds that it may take in the background.
    package let deadline: Int64

    /// A command with all that is known of it.
    package init(
        name: String, summary: String = "", key: Key? = nil, template: CommandTemplate, confirms: Bool = false,
        prompt: String? = nil, isInBackground: Bool = false, pauses: Bool = true, deadline: Int64 = 60_000
    ) {
        self.name = name
        self.summary = summary.isEmpty ? template.text : summary
        self.key = key
        self.template = template
        self.confirms = confirms
        self.prompt = prompt
        self.isInBackground = isInBackground
        self.pauses = pauses
        self.deadline = deadline
    }
}

/// A command of the user's own on its way: for which runs, captured when it was called.
package struct CommandCall: Equatable, Sendable {
    /// Which command.
    package let command: UserCommand
    /// In whose places the values stand; none for a command that needs no run.
    package let targets: [RunID]
    /// One for each target.
    package internal(set) var filled: [FilledCommand] = []
    /// Monotonic ms: when its question opened.
    var openedAt: Int64 = 0
}

/// A program that runs without the terminal.
package struct BackgroundCommand: Equatable, Sendable {
    /// For what is said of it.
    package let name: String
    /// For the shell.
    package let script: String
    /// What its environment has besides this process's.
    package let environment: [String: String]
    /// Milliseconds that it may take.
    package let deadline: Int64

    /// A command of the shell.
    package init(name: String, script: String, environment: [String: String] = [:], deadline: Int64) {
        self.name = name
        self.script = script
        self.environment = environment
        self.deadline = deadline
    }
}
