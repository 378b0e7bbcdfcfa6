import ArgumentParser
import JMESPath

/// `runwatch query`: what `az … --query` does, for any JSON.
struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Apply a JMESPath expression to JSON on standard input.",
        discussion: """
            Prints the result as JSON. The language is that of `az … --query`; https://jmespath.org describes it. \
            Exit status 2: the expression cannot be read; 1: it cannot be applied, or the input is no JSON.

              az ml run list | runwatch query "[?tags.quality=='fantastic run'].runId"
            """)

    @Argument(help: "The expression.")
    var expression: String

    func run() throws {
        let result = try JMESPathQuery(expression).search(Self.input())
        try Console.deliver(JSONWriter.text(of: result, layout: .indented, escaping: .unprintable))
    }

    private static func input() throws -> JSONValue {
        let bytes = try StandardInput.read(limit: 1 << 30)
        do {
            return try JSONReader.read(bytes)
        } catch {
            throw ConsoleError("The standard input is no JSON; \(error)")
        }
    }
}
