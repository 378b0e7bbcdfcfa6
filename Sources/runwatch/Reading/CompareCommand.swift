import ArgumentParser
import LocalStore
import RunModel
import RunReports
import RunServices

/// `runwatch compare`: in what runs differ.
struct CompareCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Print in what runs differ.",
        discussion: """
            Status, times, parameters, properties, newest metrics and tags, side by side.

              runwatch compare 7df7f855 0a3b -o markdown
            """)

    @OptionGroup var runs: RunNames

    @Flag(name: .long, help: "Also what is the same.")
    var all = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if runs.all.count < 2 { throw ValidationError("A comparison takes two runs or more.") }
    }

    func run() async throws {
        var writer = try ResultWriter(output)
        let source = try await service.open(readOnly: true, isPatient: true)
        let found = try await RunResolver(service: source).runs(runs.all)
        if found.count < 2 {
            throw ConsoleError("These names are of one run; give another one to compare it with.", .usage)
        }
        let comparison = RunComparison(found, all: all, at: LocalStore.systemClock())
        try writer.write(
            comparison.rows.map { ListedDifference($0, of: found) }, under: ListedDifference.columns(found))
        if comparison.rows.isEmpty { Console.warn("The runs do not differ in anything that is known of them.") }
    }
}
