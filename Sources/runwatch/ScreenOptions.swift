import ArgumentParser

/// How the dashboard behaves, for every command that opens one.
struct ScreenOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Seconds between polls, 0.1 to 3600.", valueName: "seconds"))
    var interval: Double = 2

    @Option(name: .long, help: ArgumentHelp("How many runs to load at most, newest first.", valueName: "runs"))
    var limit: Int = 10_000

    @Flag(name: .long, help: "Look, but change nothing: cancel, fail, complete and tag keys are disabled.")
    var readOnly = false

    @Flag(name: .long, help: "Draw with ASCII characters only.")
    var ascii = false

    @Option(name: .long, help: ArgumentHelp("auto, or never (as NO_COLOR does).", valueName: "when"))
    var color: ColorChoice = .auto

    enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
        case auto, never
    }

    func validate() throws {
        guard (0.1...3_600).contains(interval) else {
            throw ValidationError("--interval takes seconds from 0.1 to 3600.")
        }
        guard limit > 0 else { throw ValidationError("--limit takes a number of runs, at least 1.") }
    }
}
