import ArgumentParser
import LocalStore
import RunModel
import RunReports
import RunServices

/// `runwatch export`: all runs, as a file.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all runs to a CSV or JSON Lines file.",
        discussion: """
            However many there are. A CSV has a column for each parameter, metric, property and tag that any run has. The \
            file appears once it is complete. With --metrics also every point: in JSON Lines as `metricHistory` of each \
            run, beside FILE.csv as FILE.metrics.csv.

              runwatch export -e explore-runs --metrics runs.csv
            """)

    @OptionGroup var subject: ListedRuns
    @OptionGroup var listing: ListingOptions

    @Flag(name: .long, help: "Also every point of every metric.")
    var metrics = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("csv or jsonl, where the name of the file does not tell.", valueName: "format"))
    var output: ExportFormat?

    @OptionGroup var service: ServiceOptions

    @Argument(help: ArgumentHelp("FILE.csv, FILE.jsonl, or - for the standard output.", valueName: "file"))
    var file: String

    enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
        case csv, jsonl
    }

    func validate() throws {
        let format = try format()
        if metrics && format == .csv && file == "-" {
            throw ValidationError("--metrics makes a second file of a CSV, so it needs a file name; or give -o jsonl.")
        }
        if metrics && listing.columns != nil && format == .jsonl {
            throw ValidationError("--metrics writes whole documents; leave --columns out.")
        }
    }

    func run() async throws {
        let columns = try listing.parsedColumns()
        let runs = try await service.open(readOnly: true, isPatient: true)
        var query = try await subject.query(of: runs)
        query.order = try listing.order() ?? query.order
        let export = RunExport(RunPages(query, of: runs), of: runs, columns: columns)
        let format = try format()
        var count = 0
        if file == "-" {
            var output = ByteOutput()
            count = try await export.write(format, metrics: metrics) { try output.write($0) }
            try output.flush()
        } else {
            count = try await Self.filing(file) { put in try await export.write(format, metrics: metrics, put) }
        }
        if metrics && format == .csv {
            _ = try await Self.filing(metricsFile) { put in try await export.writePoints(put) }
        }
        Console.warn("Wrote \(Counted.text(count, "run")).")
    }

    private func format() throws -> ExportFormat {
        if let output { return output }
        let name = file.lowercased()
        if name.hasSuffix(".csv") { return .csv }
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") || file == "-" { return .jsonl }
        throw ValidationError("'\(file)' says neither CSV nor JSON Lines; name it .csv or .jsonl, or give -o.")
    }

    private var metricsFile: String {
        file.lowercased().hasSuffix(".csv") ? file.dropLast(4) + ".metrics.csv" : file + ".metrics.csv"
    }

    private static func filing(
        _ path: String, _ body: ((([UInt8]) throws -> Void)) async throws -> Int
    ) async throws -> Int {
        var file = try FileOutput(path)
        do {
            let count = try await body { try file.write($0) }
            try file.finish()
            return count
        } catch {
            file.abandon()
            throw error
        }
    }
}
