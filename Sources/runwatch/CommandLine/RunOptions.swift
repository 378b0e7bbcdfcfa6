import ArgumentParser

/// One run, for commands that take other words too.
struct RunOption: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The run: its id, or the beginning of it that no other run's has.", valueName: "run"),
        completion: .runs)
    var run: String
}

/// Runs by name, after `-r` or alone.
struct RunNames: ParsableArguments {
    @Option(
        name: .shortAndLong, parsing: .upToNextOption,
        help: ArgumentHelp("Runs: their ids, or beginnings of ids that no other run's has.", valueName: "run"),
        completion: .runs)
    var run: [String] = []

    @Argument(help: ArgumentHelp("As after --run.", valueName: "run"), completion: .runs)
    var names: [String] = []

    var all: [String] { run + names }

    /// Throws a usage error where none is named.
    func required() throws -> [String] {
        if all.isEmpty { throw ValidationError("No run is named; give its id, or the beginning of it, after --run.") }
        return all
    }
}
