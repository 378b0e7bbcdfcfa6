package import RunAttention
package import RunModel

/// A setting of the dashboard: its names in the file, in the environment and on the command line, and what may be said.
package struct SettingKind<Value: Sendable>: Sendable {
    /// In the file; one below `theme` has that in front.
    package let name: String
    /// Of the environment.
    package let variable: String
    /// Of the command line.
    package let option: String
    /// Without any of the three.
    package let standard: Value
    /// What it takes: the end of a sentence that begins with its name.
    package let expectation: String
    /// Nil for a text that is none of its values.
    package let parse: @Sendable (String) -> Value?
    /// As a person would write it.
    package let text: @Sendable (Value) -> String
}

extension SettingKind {
    /// `takes seconds from 0.1 to 3600, and “fast” is none.`
    package func refusal(of text: String) -> String {
        "\(expectation), and \(ConfigurationReader.quoted(text)) is none."
    }
}

/// The settings that there are.
package enum SettingKinds {
    /// Seconds between polls.
    package static let interval = SettingKind<Double>(
        name: "interval", variable: "RUNWATCH_INTERVAL", option: "--interval", standard: 2,
        expectation: "takes seconds from 0.1 to 3600",
        parse: { text in Double(text).flatMap { (0.1...3_600).contains($0) ? $0 : nil } },
        text: { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" })

    /// Runs loaded at most.
    package static let limit = SettingKind<Int>(
        name: "limit", variable: "RUNWATCH_LIMIT", option: "--limit", standard: 10_000,
        expectation: "takes a number of runs, at least 1",
        parse: { text in Int(text.filter { $0 != "_" }).flatMap { $0 > 0 ? $0 : nil } }, text: { "\($0)" })

    /// Whether the dashboard changes nothing.
    package static let readOnly = flag("read-only", "RUNWATCH_READ_ONLY", "--read-only")

    /// Columns as the dashboard reads them; none lets the runs decide.
    package static let columns = SettingKind<[String]>(
        name: "columns", variable: "RUNWATCH_COLUMNS", option: "--columns", standard: [],
        expectation: "takes columns with commas between them",
        parse: { text in
            let names = text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
            return text.isEmpty ? [] : names.contains("") ? nil : names
        }, text: { $0.joined(separator: ", ") })

    /// What runs are ordered by.
    package static let sort = SettingKind<SortOrder>(
        name: "sort", variable: "RUNWATCH_SORT", option: "--sort", standard: .standard,
        expectation: "takes a column or a metric, then asc or desc if need be", parse: { SortOrder($0) },
        text: { $0.text })

    /// By which ways a person is told of events who does not look.
    package static let notify = SettingKind<NotificationChannels>(
        name: "notify", variable: "RUNWATCH_NOTIFY", option: "--notify", standard: .standard,
        expectation: "takes \(NotificationChannels.words)", parse: { NotificationChannels($0) }, text: { $0.text })

    /// A command of the shell that is given each event; empty for none. It has no option, for everybody may read those.
    package static let hook = SettingKind<String>(
        name: "hook", variable: "RUNWATCH_HOOK", option: "--hook", standard: "", expectation: "takes a command",
        parse: { $0 }, text: { $0 })

    /// Whether the mouse is listened to; the terminal's own selection of text then takes shift.
    package static let mouse = flag("mouse", "RUNWATCH_MOUSE", "--mouse")

    /// Whether colours are used.
    package static let color = SettingKind<ColorChoice>(
        name: "theme.color", variable: "RUNWATCH_COLOR", option: "--color", standard: .auto,
        expectation: "takes auto or never", parse: { ColorChoice(rawValue: $0) }, text: { $0.rawValue })

    /// Whether to draw with ASCII characters only.
    package static let ascii = flag("theme.ascii", "RUNWATCH_ASCII", "--ascii")

    private static func flag(_ name: String, _ variable: String, _ option: String) -> SettingKind<Bool> {
        SettingKind<Bool>(
            name: name, variable: variable, option: option, standard: false, expectation: "takes true or false",
            parse: { text in
                switch text.lowercased() {
                case "true", "yes", "on", "1": true
                case "false", "no", "off", "0": false
                default: nil
                }
            }, text: { "\($0)" })
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
