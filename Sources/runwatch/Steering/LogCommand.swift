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

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The run, by its id or the beginning of it; may be repeated. By default RUNWATCH_RUN_ID.", valueName: "run"),
        completion: .runs)
    var run: [String] = []

    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if metrics.isEmpty { throw ValidationError("There is nothing to log; give KEY=VALUE.") }
        _ = try entries()
    }

    func run() async throws {
        let names = run.isEmpty ? [Environment.value("RUNWATCH_RUN_ID")].compactMap(\.self) : run
        if names.isEmpty {
            throw ValidationError(
                "No run to log to: give --run, or call this from a command that `runwatch exec` started.")
        }
        let runs = try await service.open(isPatient: true)
        let entries = try entries()
        var tally = Tally(asksForObjects: false)
        for name in names {
            do {
                try await log(entries, to: name, on: runs)
                tally.succeed()
            } catch {
                tally.fail(error, of: name)
            }
        }
        try tally.conclude()
    }

    /// A whole id, which is what a script has, takes one question.
    private func log(_ entries: [MetricEntry], to name: String, on runs: any SupervisedRunService) async throws {
        do throws(RunServiceError) {
            try await runs.logMetrics(entries, to: RunID(name))
        } catch {
            guard [.notFound, .invalid].contains(error.code),
                let run = try? await RunResolver(service: runs).run(name), run.id.text != name
            else { throw error }
            try await runs.logMetrics(entries, to: run.id)
        }
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
