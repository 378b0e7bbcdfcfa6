/// What a run executes, and where.
package struct RunSource: Sendable, Equatable, Codable {
    /// The command and its arguments, unquoted.
    package var command: [String]
    /// The absolute path in which the command was started; empty when it is not known.
    package var directory: String
    /// The name of the host it was started on; empty when it is not known.
    package var host: String
    /// What git knows of the code; nil when it is not, or not known to be, in a repository.
    package var revision: SourceRevision?

    /// A source of these parts, taken as they are.
    package init(command: [String], directory: String, host: String, revision: SourceRevision? = nil) {
        self.command = command
        self.directory = directory
        self.host = host
        self.revision = revision
    }

    /// Programs that run another: the script says more than they do. Version numbers and paths are taken off first.
    private static let interpreters: Set<String> = [
        "bash", "dash", "fish", "julia", "ksh", "lua", "node", "perl", "php", "pypy", "python", "Rscript", "ruby", "sh",
        "torchrun", "zsh",
    ]

    /// What a person would say is run: the script or module when the command is an interpreter, else the program.
    package var entryPoint: String {
        guard let program = command.first else { return "" }
        let name = program.split(separator: "/").last ?? ""
        guard Self.interpreters.contains(String(name.prefix { $0 != "." && !$0.isNumber })) else { return program }
        var arguments = command.dropFirst()
        while let argument = arguments.popFirst() {
            if argument == "-m", let module = arguments.first { return module }
            if argument == "-c" { return program }
            if !argument.hasPrefix("-") { return argument }
        }
        return program
    }
}

/// A place in the history of a git repository.
package struct SourceRevision: Sendable, Equatable, Codable {
    /// The commit's id in hexadecimal digits.
    package var commit: String
    /// Nil when no branch is checked out.
    package var branch: String?
    /// The address of its first remote, without credentials.
    package var repository: String?

    /// A revision of these parts; the repository's address must hold no credentials.
    package init(commit: String, branch: String? = nil, repository: String? = nil) {
        self.commit = commit
        self.branch = branch
        self.repository = repository
    }
}
