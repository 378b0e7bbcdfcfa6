/// Finds the places of a command, and what the shell's quotes make of each.
///
/// It knows of the shell's grammar what decides where a value may stand. Where it is mistaken, a value may be split into
/// words; it is in no case read as a program.
struct CommandTemplateReader {
    /// What surrounds the present character.
    private enum Context: Equatable {
        case plain, parenthesis, backquote, doubleQuotes
        /// Where shells compute, and take what a variable holds for a formula.
        case computing(String)
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var contexts: [Context] = [.plain]
    private var pieces: [CommandTemplate.Piece] = []
    private var literal = ""

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func read() throws(CommandTemplate.Fault) -> [CommandTemplate.Piece] {
        if scalars.contains("\0") { throw CommandTemplate.Fault("a zero byte is in it, which no command can have.") }
        while position < scalars.count {
            if starts(with: "$${") {
                // The shell's own: `$${x:-y}`.
                position += 1
                take(2)
            } else if starts(with: "${") {
                try readSlot()
            } else {
                try readText()
            }
        }
        endLiteral()
        return pieces
    }

    private mutating func readText() throws(CommandTemplate.Fault) {
        let context = contexts[contexts.count - 1]
        switch scalars[position] {
        case "\\": take(2)
        case "'" where context != .doubleQuotes: try readSingleQuotes()
        case "\"":
            if context == .doubleQuotes { contexts.removeLast() } else { contexts.append(.doubleQuotes) }
            take(1)
        case "`":
            if context == .backquote { contexts.removeLast() } else { contexts.append(.backquote) }
            take(1)
        case "$" where starts(with: "$(("): enter(.computing("))"), by: 3)
        case "$" where starts(with: "$("): enter(.parenthesis, by: 2)
        case "(" where context != .doubleQuotes && starts(with: "(("): enter(.computing("))"), by: 2)
        case "(" where context != .doubleQuotes: enter(.parenthesis, by: 1)
        case "[" where context != .doubleQuotes && starts(with: "[["): enter(.computing("]]"), by: 2)
        case ")" where context == .parenthesis:
            contexts.removeLast()
            take(1)
        default:
            if case .computing(let end) = context, starts(with: end) {
                contexts.removeLast()
                take(2)
            } else {
                take(1)
            }
        }
    }

    private mutating func enter(_ context: Context, by count: Int) {
        contexts.append(context)
        take(count)
    }

    private mutating func readSingleQuotes() throws(CommandTemplate.Fault) {
        let end = scalars[(position + 1)...].firstIndex(of: "'") ?? scalars.count - 1
        let inside = String(String.UnicodeScalarView(scalars[min(position + 1, end)..<end]))
        if let found = inside.firstRange(of: "${") {
            let name = inside[found.upperBound...].prefix { $0 != "}" }
            if Self.value(of: String(name)) != nil {
                throw CommandTemplate.Fault(
                    "${\(name)} stands between single quotes, where the shell puts no value; take the quotes away, since "
                        + "values need none.")
            }
        }
        take(end - position + 1)
    }

    private mutating func readSlot() throws(CommandTemplate.Fault) {
        guard let end = scalars[position...].firstIndex(of: "}") else {
            throw CommandTemplate.Fault("“${” has no “}” after it.")
        }
        let name = String(String.UnicodeScalarView(scalars[(position + 2)..<end]))
        guard let (value, isQuoted) = Self.value(of: name) else {
            throw CommandTemplate.Fault(
                "there is no value ${\(name)}; there are \(CommandTemplate.Value.known). A variable of the shell is written "
                    + "$NAME, or $${NAME}.")
        }
        if contexts.contains(where: { if case .computing = $0 { true } else { false } }) {
            throw CommandTemplate.Fault(
                "${\(name)} stands in ((…)) or [[…]], where shells take a value for a formula; use [ … ] or expr.")
        }
        let before = literalBeforeQuote
        let beginsWord = before.isFirst && (before.last.map { " \t\n;|&(`<>".unicodeScalars.contains($0) } ?? true)
        if before.isFirst, before.lastOtherThanBlank.map({ ";|&(`\n".unicodeScalars.contains($0) }) ?? pieces.isEmpty {
            throw CommandTemplate.Fault(
                "${\(name)} stands where a program's name does, and a run must not choose what is run here; write the "
                    + "program before it.")
        }
        endLiteral()
        pieces.append(
            .slot(
                CommandTemplate.Slot(
                    value: value, text: "${\(name)}", isQuoted: isQuoted,
                    isInQuotes: contexts.last == .doubleQuotes, beginsWord: beginsWord)))
        position = end + 1
    }

    /// The text right before a place, without a quote that the place begins with.
    private var literalBeforeQuote: (isFirst: Bool, last: Unicode.Scalar?, lastOtherThanBlank: Unicode.Scalar?) {
        var text = literal.unicodeScalars[...]
        while let last = text.last, last == "\"" { text.removeLast() }
        // Right behind another place, or in the middle of a word.
        if text.isEmpty, !pieces.isEmpty { return (false, nil, nil) }
        let last = text.last
        while let blank = text.last, blank == " " || blank == "\t" { text.removeLast() }
        if text.isEmpty, !pieces.isEmpty { return (true, last, " ") }
        return (true, last, text.last)
    }

    /// What a name between the braces means; `:q` at its end has the value quoted once more.
    private static func value(of name: String) -> (CommandTemplate.Value, isQuoted: Bool)? {
        let isQuoted = name.hasSuffix(":q")
        return CommandTemplate.Value(isQuoted ? String(name.dropLast(2)) : name).map { ($0, isQuoted) }
    }

    private func starts(with text: String) -> Bool {
        scalars[position...].starts(with: text.unicodeScalars)
    }

    private mutating func take(_ count: Int) {
        let end = min(position + count, scalars.count)
        literal.unicodeScalars.append(contentsOf: scalars[position..<end])
        position = end
    }

    private mutating func endLiteral() {
        if !literal.isEmpty { pieces.append(.text(literal)) }
        literal = ""
    }
}
