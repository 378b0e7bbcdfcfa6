/// The manual page in roff, as man(7) describes its macros.
struct ManualPage {
    private var lines: [String] = []
    /// Options that so many commands share that they are explained once.
    private let shared: [CommandDescription.Argument]

    /// Commands that must share an option for that.
    private static let many = 5

    /// Nil for a text that is not what ArgumentParser says of its commands.
    init?(help: String) {
        guard let root = CommandDescription(help: help) else { return nil }
        let commands = root.all.dropFirst()
        var shared: [CommandDescription.Argument] = []
        for argument in commands.flatMap(\.arguments)
        where !argument.names.isEmpty && argument.names != ["--version"] && !shared.contains(argument) {
            if commands.count(where: { $0.arguments.contains(argument) }) >= Self.many { shared.append(argument) }
        }
        self.shared = shared

        lines.append(".TH RUNWATCH 1 \"\" \"runwatch \(Version.current)\" \"User Commands\"")
        lines += [
            ".SH NAME", "runwatch \\- \(Self.escaped(String(root.abstract.reversed().drop { $0 == "." }.reversed())))",
        ]
        lines += [".SH SYNOPSIS", ".B runwatch", "[\\fIcommand\\fR] [\\fIoptions\\fR]", ".SH DESCRIPTION"]
        add(prose: root.discussion)
        lines.append(".SH COMMANDS")
        for command in commands { add(command) }
        lines += [".SH OPTIONS OF MANY COMMANDS", "Each command names those that it takes."]
        for argument in shared { add(argument) }
        addEnvironment()
        lines += [".SH FILES", ".TP", "\\fI~/.config/runwatch/config.yaml\\fR"]
        add(prose: "The configuration; `runwatch config --sample` prints one to begin with.")
        lines += [".TP", "\\fI~/.local/share/runwatch\\fR"]
        add(prose: "The embedded run service: runs.db, and the logs and files of runs.")
        lines += [".TP", "\\fI~/.local/state/runwatch\\fR"]
        add(prose: "What this host has started, so that a cancel from anywhere finds the processes and no others.")
    }

    var text: String { lines.joined(separator: "\n") }

    private mutating func add(_ command: CommandDescription) {
        lines.append(".SS \(Self.escaped(command.path))")
        add(prose: command.abstract)
        let operands = command.arguments.filter(\.names.isEmpty).map { argument in
            let text = "\\fI\(Self.escaped(argument.value ?? ""))\\fR" + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(text)]" : text
        }
        if command.subcommands.isEmpty {
            lines += [
                ".P",
                "\\fB\(Self.escaped(command.path))\\fR " + (["[\\fIoptions\\fR]"] + operands).joined(separator: " "),
            ]
        }
        if !command.discussion.isEmpty {
            lines.append(".P")
            add(prose: command.discussion)
        }
        for argument in command.arguments where !shared.contains(argument) { add(argument) }
        let others = command.arguments.filter(shared.contains).compactMap { $0.names.last }.filter { $0 != "--help" }
        if !others.isEmpty {
            lines += [".P", "Takes also " + others.map { "\\fB\(Self.escaped($0))\\fR" }.joined(separator: ", ") + "."]
        }
    }

    private mutating func add(_ argument: CommandDescription.Argument) {
        let value = argument.value.map { "\\fI\(Self.escaped($0))\\fR" }
        let names = argument.names.map { "\\fB\(Self.escaped($0))\\fR" }.joined(separator: ", ")
        lines += [".TP", [names.isEmpty ? nil : names, value].compactMap { $0 }.joined(separator: " ")]
        lines.append(argument.text.isEmpty ? "\\&" : Self.line(argument.text))
    }

    /// Paragraphs with blank lines between them; lines that begin with two blanks are to be typed.
    private mutating func add(prose: String) {
        var isExample = false
        for line in prose.split(separator: "\n", omittingEmptySubsequences: false) {
            let isTyped = line.hasPrefix("  ")
            if isTyped != isExample {
                if isTyped, lines.last != ".P" { lines.append(".P") }
                lines += isTyped ? [".nf", ".RS 4"] : [".RE", ".fi"]
            }
            isExample = isTyped
            if line.isEmpty {
                if lines.last?.hasPrefix(".") == false { lines.append(".P") }
            } else {
                lines.append(Self.line(isTyped ? String(line.dropFirst(2)) : String(line)))
            }
        }
        if isExample { lines += [".RE", ".fi"] }
        if lines.last == ".P" { lines.removeLast() }
    }

    private mutating func addEnvironment() {
        lines.append(".SH ENVIRONMENT")
        for (name, text) in [
            ("RUNWATCH_SERVICE", "The run service: an address, a path, or a name from the configuration."),
            ("MLFLOW_TRACKING_URI", "The run service, as MLflow's own client reads it; its other variables count too."),
            (
                "RUNWATCH_INTERVAL, RUNWATCH_LIMIT, RUNWATCH_COLUMNS, RUNWATCH_SORT, RUNWATCH_READ_ONLY, RUNWATCH_COLOR, "
                    + "RUNWATCH_ASCII, RUNWATCH_NOTIFY, RUNWATCH_HOOK",
                "Settings of the dashboard; options go before them, and they before the configuration."
            ),
            ("RUNWATCH_CONFIG", "Another configuration file."),
            ("RUNWATCH_LOG", "A file for notes on requests and on what was done for dead supervisors."),
            ("RUNWATCH_RUN_ID", "Set by `runwatch exec` for its command: the run that logs go to."),
            ("NO_COLOR", "No colours, whatever it says."),
        ] { lines += [".TP", "\\fB\(Self.escaped(name))\\fR", Self.line(text)] }
    }

    /// A line of text that roff does not take for a request.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text.replacing("\n", with: " "))
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// What roff would read as something else, or set as another character.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case _ where character.isASCII: result.append(character)
            default: result += character.unicodeScalars.map { "\\[u\(Self.code($0))]" }.joined()
            }
        }
        return result
    }
}
