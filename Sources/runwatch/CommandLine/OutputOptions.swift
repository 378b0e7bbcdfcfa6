import ArgumentParser
import Glibc
import JMESPath
import RunReports

/// How a command writes its result.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "table, json, jsonl, tsv, yaml, csv or markdown; by default table on a terminal and json elsewhere.",
            valueName: "format"))
    var output: OutputFormat?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A JMESPath expression, as `az … --query` takes it, applied to what -o json prints.",
            valueName: "expression"))
    var query: String?

    func validate() throws { try UsageCheck.run { _ = try compiledQuery() } }

    /// Nil without `--query`.
    func compiledQuery() throws -> JMESPathQuery? {
        do throws(JMESPathError) {
            guard let query else { return nil }
            return try JMESPathQuery(query)
        } catch {
            throw ConsoleError("--query: \(error)", .usage, code: error.kind.rawValue)
        }
    }

    /// Table on a terminal, JSON in a pipe or file.
    var format: OutputFormat { output ?? (isatty(STDOUT_FILENO) == 1 ? .table : .json) }

    /// Whether errors are told as an object too.
    var asksForObject: Bool { output == .json || output == .jsonl }
}

extension OutputFormat: ExpressibleByArgument {}
