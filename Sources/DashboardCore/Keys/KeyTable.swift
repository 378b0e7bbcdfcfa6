import TerminalUI

/// The keys and commands as the README shows them, from the same tables that the dashboard obeys.
package enum KeyTable {
    /// Markdown tables: one of keys for each group, one for each kind of prompt, and one of the commands that have a
    /// name only.
    package static func markdown(_ keys: KeyMap) -> String {
        var lines: [String] = []
        for group in CommandEntry.Group.allCases {
            lines += ["| \(group.rawValue) | |", "|---|---|"]
            for binding in keys.bindings where binding.group == group {
                lines.append(row(binding.keys, binding.command.summary))
            }
            lines.append("")
        }
        for context in PromptKeys.Context.allCases {
            lines += ["| \(context.rawValue) | |", "|---|---|"]
            lines += PromptKeys.bindings(in: context).map { row($0.keys, $0.summary) }
            lines.append("")
        }
        lines += ["| By name | |", "|---|---|"]
        for command in Command.allCases where keys.keys(for: command).isEmpty {
            lines.append("| \(code(":" + command.name)) | \(escaped(command.summary)) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ keys: [Key], _ summary: String) -> String {
        "| \(keys.map { code($0.label(ascii: false)) }.joined(separator: " ")) | \(escaped(summary)) |"
    }

    private static func code(_ text: String) -> String { "`\(escaped(text))`" }

    /// A bar would end the cell, even within code.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
