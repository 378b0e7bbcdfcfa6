import ArgumentParser
import RunModel
import RunReports
import RunServices

/// `runwatch metrics`: every point that a run logged.
struct MetricsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print every point of a run's metrics, by step.",
        discussion: """
            Without keys, of all its metrics. `runwatch show` has the newest values alone.

              runwatch metrics -r 7df7f855 loss -o csv
            """)

    @OptionGroup var run: RunOption

    @Argument(help: ArgumentHelp("Metrics to print.", valueName: "key"))
    var keys: [String] = []

    @OptionGroup var output: OutputOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let writer = try ResultWriter(output)
        let runs = try await service.open(readOnly: true, isPatient: true)
        let run = try await RunResolver(service: runs).run(run.run)
        for key in keys where !run.metrics.contains(key) {
            let known = run.metrics.ownFirst.map(\.key).prefix(20).map(Shown.text).joined(separator: ", ")
            throw RunServiceError(
                .notFound,
                "The run has no metric “\(Shown.text(key))”; \(known.isEmpty ? "it has none at all" : "it has \(known)")."
            )
        }
        var listing = writer.listing(ListedPoint.columns)
        // What the run costs its machine comes after its own.
        for key in keys.isEmpty ? run.metrics.ownFirst.map(\.key) : keys {
            let series = try await runs.wholeSeries(for: [MetricSeriesKey(run: run.id, metric: key)])
            for points in series.map(\.points) { try listing.write(points.lazy.map { ListedPoint($0, of: key) }) }
        }
        try listing.end()
    }
}
