import ArgumentParser
import RunModel

/// Which runs a listing shows.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("As typed after / on the screen; see README.", valueName: "filter"))
    var filter: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Statuses, in any letter case: repeated, or between commas. Also active and ended.", valueName: "status"))
    var status: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("A tag that runs have, with this value where one is given.", valueName: "key[=value]"))
    var tag: [KeyValue] = []

    @Option(
        name: .long,
        help: ArgumentHelp("A property that runs have, with this value where one is given.", valueName: "key[=value]"))
    var property: [KeyValue] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Runs created this long ago at most (90m, 2d), or since a date.", valueName: "time"))
    var since: String?

    func validate() throws { try UsageCheck.run { _ = try combined() } }

    /// All of these together; nil where none is given.
    func combined() throws -> Filter? {
        var parts: [FilterExpression] = []
        if let filter { parts.append(try Self.parse(filter).expression) }
        let words = status.flatMap { $0.split(separator: ",").map { $0.trimmingBlanks } }.filter { !$0.isEmpty }
        if !words.isEmpty { parts.append(try Self.statuses(words)) }
        for pair in tag { parts.append(Self.entry(.tag(pair.key), pair.value)) }
        for pair in property { parts.append(Self.entry(.property(pair.key), pair.value)) }
        if let since { parts.append(try SinceOption.filter(since).expression) }
        return parts.isEmpty ? nil : try Filter(parts.count == 1 ? parts[0] : .and(parts))
    }

    /// Throws a usage error that shows what is wrong, and where.
    static func parse(_ text: String) throws -> Filter {
        do throws(FilterSyntaxError) {
            return try Filter.parse(text)
        } catch {
            throw ConsoleError("--filter, character \(error.range.lowerBound + 1): \(error.message)", .usage)
        }
    }

    private static func statuses(_ words: [String]) throws -> FilterExpression {
        for word in words {
            let isGroup = ["active", "ended", "terminal"].contains(word.lowercased())
            let isMLflow = ["finished", "killed", "scheduled"].contains(word.lowercased())
            if case .unknown = RunStatus(word: word), !isGroup, !isMLflow {
                let known = RunStatus.known.map(\.word).joined(separator: ", ")
                throw ConsoleError(
                    "--status: there is no status “\(word)”; there are \(known), active and ended.", .usage)
            }
        }
        return .comparison(FilterComparison(.status, .isIn, words.map { .text($0) }))
    }

    private static func entry(_ key: FilterKey, _ value: String?) -> FilterExpression {
        .comparison(
            value.map { FilterComparison(key, .equal, [.text($0)]) } ?? FilterComparison(key, .isNotNull, []))
    }
}

extension Substring {
    fileprivate var trimmingBlanks: String {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
