import JMESPath

/// A command as ArgumentParser's `--experimental-dump-help` describes it.
struct CommandDescription {
    /// With the names of the commands that it is below: `runwatch list`.
    let path: String
    let abstract: String
    let discussion: String
    /// Those that help shows.
    let arguments: [Argument]
    /// Those that help shows.
    let subcommands: [CommandDescription]

    struct Argument: Equatable {
        /// `-e, --experiment NAME`, as its line begins.
        let names: [String]
        let value: String?
        let text: String
        let isOptional: Bool
        let isRepeating: Bool
    }

    /// Nil for JSON that is none.
    init?(help: String) {
        guard let json = try? JSONReader.read(Array(help.utf8)), let command = Self.member("command", of: json) else {
            return nil
        }
        self.init(command, below: "")
    }

    /// This command and all below it.
    var all: [CommandDescription] { [self] + subcommands.flatMap(\.all) }

    private init?(_ json: JSONValue, below parent: String) {
        guard let name = Self.text("commandName", of: json) else { return nil }
        path = parent.isEmpty ? name : parent + " " + name
        abstract = Self.text("abstract", of: json) ?? ""
        discussion = Self.text("discussion", of: json) ?? ""
        arguments = Self.list("arguments", of: json).filter(Self.isShown).compactMap(Argument.init)
        let path = path
        subcommands = Self.list("subcommands", of: json).filter(Self.isShown)
            .filter { Self.text("commandName", of: $0) != "help" }.compactMap { CommandDescription($0, below: path) }
    }

    static func member(_ key: String, of json: JSONValue) -> JSONValue? {
        if case .object(let members) = json { members[key] } else { nil }
    }

    static func text(_ key: String, of json: JSONValue) -> String? {
        if case .string(let text)? = member(key, of: json) { text } else { nil }
    }

    static func list(_ key: String, of json: JSONValue) -> [JSONValue] {
        if case .array(let elements)? = member(key, of: json) { elements } else { [] }
    }

    static func isTrue(_ key: String, of json: JSONValue) -> Bool {
        if case .bool(true)? = member(key, of: json) { true } else { false }
    }

    private static func isShown(_ json: JSONValue) -> Bool { isTrue("shouldDisplay", of: json) }
}

extension CommandDescription.Argument {
    init?(_ json: JSONValue) {
        let kind = CommandDescription.text("kind", of: json)
        names = CommandDescription.list("names", of: json).compactMap { name in
            guard let text = CommandDescription.text("name", of: name) else { return nil }
            return (CommandDescription.text("kind", of: name) == "long" ? "--" : "-") + text
        }
        value = kind == "flag" ? nil : CommandDescription.text("valueName", of: json)
        if names.isEmpty && value == nil { return nil }
        let words = ["abstract", "discussion"].compactMap { CommandDescription.text($0, of: json) }
        text = words.filter { !$0.isEmpty }.joined(separator: " ")
        isOptional = CommandDescription.isTrue("isOptional", of: json)
        isRepeating = CommandDescription.isTrue("isRepeating", of: json)
    }
}
