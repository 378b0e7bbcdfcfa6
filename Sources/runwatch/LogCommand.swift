import ArgumentParser
import RunModel
import RunServices

/// `runwatch log`: writes metrics of a run from any script.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Log metrics of a run.",
        discussion: """
            Without --run the metrics go to the run that `runwatch exec` made of the calling script. \
            A value that is no number is kept as text.

              runwatch log loss=0.31 accuracy=0.88 --step 40
            """)

    @Argument(help: ArgumentHelp("What was measured.", valueName: "key=value"))
    var metrics: [String]

    // Unconditional, for a step may be negative.
    @Option(
        name: .long, parsing: .unconditional,
        help: "The step of these points; by default one more than each metric's last.")
    var step: Int64?

    @Option(name: .shortAndLong, help: "The run's id; by default RUNWATCH_RUN_ID.")
    var run: String?

    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if metrics.isEmpty { throw ValidationError("There is nothing to log; give KEY=VALUE.") }
        _ = try entries()
    }

    func run() async throws {
        guard let id = run ?? Environment.value("RUNWATCH_RUN_ID") else {
            throw ValidationError(
                "No run to log to: give --run, or call this from a command that `runwatch exec` started.")
        }
        try await service.open(isPatient: true).logMetrics(entries(), to: RunID(id))
    }

    private func entries() throws -> [MetricEntry] {
        try metrics.map { argument in
            guard let equals = argument.firstIndex(of: "=") else {
                throw ValidationError("'\(argument)' has no '='; a metric is given as KEY=VALUE.")
            }
            let key = String(argument[..<equals])
            if key.isEmpty { throw ValidationError("'\(argument)' has no key before its '='.") }
            let text = String(argument[argument.index(after: equals)...])
            return MetricEntry(key: key, value: Double(text).map { .number($0) } ?? .text(text), step: step)
        }
    }
}
