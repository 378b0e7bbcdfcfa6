import ArgumentParser
import RunReports
import RunServices
import UserConfiguration

/// `runwatch config`: what applies, and who said so.
struct ConfigCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Tell which settings apply, and what set each of them.",
        discussion: """
            An option goes before a variable (RUNWATCH_INTERVAL, RUNWATCH_LIMIT, RUNWATCH_COLUMNS, RUNWATCH_SORT, \
            RUNWATCH_READ_ONLY, RUNWATCH_COLOR, RUNWATCH_ASCII, \
            RUNWATCH_NOTIFY, RUNWATCH_HOOK, RUNWATCH_SERVICE), and both before the file \
            ~/.config/runwatch/config.yaml, which RUNWATCH_CONFIG replaces by another. --sample writes one to begin with.

              runwatch config --sample > ~/.config/runwatch/config.yaml
            """)

    @Flag(name: .long, help: "Print where the file is, or would be.")
    var path = false

    @Flag(name: .long, help: "Print a file with every setting, explained and commented out.")
    var sample = false

    @OptionGroup var names: ServiceNames
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if path && sample { throw ValidationError("--path and --sample print different things; give one of them.") }
    }

    func run() async throws {
        if sample { return try Console.deliver(ConfigurationSample.text) }
        if path {
            guard let place = ConfigurationPlace(environment: Environment.all) else {
                throw ConsoleError(
                    "HOME is unset, so there is no place for a configuration; set it, or RUNWATCH_CONFIG.")
            }
            return try Console.deliver(Shown.lines(place.path))
        }
        let report = try UserFile.asError { () throws(ConfigurationFaults) in
            try ConfigReport(file: UserFile.loaded.get(), environment: Environment.all)
        }
        let chosen = try ServiceLocator.here.choose(service: names.service, store: names.store)
        var writer = try ResultWriter(output)
        let isFlat = output.query == nil && ![.json, .jsonl, .yaml].contains(writer.format)
        try writer.write(report.json(chosen, isFlat: isFlat))
    }
}
