/// Names for what a person did not name.
enum RunNaming {
    /// Programs that run another: the script says more than they do. Version numbers and paths are taken off first.
    private static let interpreters: Set<String> = [
        "bash", "dash", "fish", "julia", "ksh", "lua", "node", "perl", "php", "pypy", "python", "Rscript", "ruby", "sh",
        "torchrun", "zsh",
    ]

    static func experiment(directory: String) -> String {
        let name = baseName(directory)
        return name.isEmpty ? "root" : name
    }

    /// The command's base name; the script's or module's when the command is an interpreter.
    static func run(command: [String]) -> String {
        guard let first = command.first else { return "" }
        let program = baseName(first)
        let family = String(program.prefix { $0 != "." && !$0.isNumber })
        guard interpreters.contains(family) else { return program }
        var arguments = command.dropFirst()[...]
        while let argument = arguments.popFirst() {
            if argument == "-m", let module = arguments.first { return module }
            if argument == "-c" { return program }
            if !argument.hasPrefix("-") { return baseName(argument) }
        }
        return program
    }

    private static func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }
}
