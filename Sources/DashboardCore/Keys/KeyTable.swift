/// The keys and commands as the README shows them, from the same tables that the dashboard obeys.
package enum KeyTable {
    /// Markdown tables: one of keys for each group, and one of the commands that have a name only.
    package static func markdown(_ keys: KeyMap) -> String {
        var lines: [String] = []
        for group in KeyMap.Group.allCases {
            lines += ["| \(group.rawValue) | |", "|---|---|"]
            for binding in keys.bindings where binding.group == group {
                let labels = binding.keys.map { code($0.label(ascii: false)) }.joined(separator: " ")
                lines.append("| \(labels) | \(escaped(binding.command.summary)) |")
            }
            lines.append("")
        }
        lines += ["| By name | |", "|---|---|"]
        for command in Command.allCases where keys.keys(for: command).isEmpty {
            lines.append("| \(code(":" + command.name)) | \(escaped(command.summary)) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func code(_ text: String) -> String { "`\(escaped(text))`" }

    /// A bar would end the cell, even within code.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
