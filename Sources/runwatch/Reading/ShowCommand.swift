import ArgumentParser
import JMESPath
import LocalStore
import RunModel
import RunReports
import RunServices

/// `runwatch show`: all that is known of a run.
struct ShowCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one run, or several.",
        discussion: """
            Prints the run's document, with what it executed, its supervisor and its logs. Several runs make a list.

              runwatch show -r 7df7f855 --query status -o tsv
            """)

    @OptionGroup var runs: RunNames
    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws { _ = try runs.required() }

    func run() async throws {
        var writer = try ResultWriter(output)
        let source = try await service.open(readOnly: true, isPatient: true)
        let found = try await RunResolver(service: source).runs(runs.required())
        var details: [RunDetails] = []
        for run in found { details.append(try await source.details(of: run.id)) }
        if writer.query == nil && writer.format == .table {
            let now = LocalStore.systemClock()
            try writer.write(text: details.map { RunSheet.text(of: $0, at: now) }.joined(separator: "\n"))
        } else if writer.query == nil && writer.format.hasRows {
            try writer.write(details.map(\.run))
        } else {
            let documents = details.map(RunReport.value(of:))
            try writer.write(documents.count == 1 ? documents[0] : .array(documents))
        }
    }
}
