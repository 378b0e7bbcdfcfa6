import RunModel

/// What `--since` takes: a length of time, counted back from now, or a date.
enum SinceOption {
    /// The runs that were created since then. Throws a usage error.
    static func filter(_ text: String) throws -> Filter {
        // Quotes keep what else may be in the text from being read as more of the filter.
        if !text.contains("\"") {
            if let filter = try? Filter.parse("age <= \"\(text)\"") { return filter }
            if let filter = try? Filter.parse("created >= \"\(text)\"") { return filter }
        }
        throw ConsoleError("--since: “\(text)” is no time; write 90m, 2d or a date such as 2026-11-24.", .usage)
    }

    /// The moment. Throws a usage error.
    static func moment(_ text: String, at now: Timestamp) throws -> Timestamp {
        guard case .comparison(let comparison) = try filter(text).expression else { return now }
        switch comparison.values.first {
        case .duration(let milliseconds)?: return now.advanced(byMilliseconds: -milliseconds)
        case .moment(let moment)?: return moment.start
        default: return now
        }
    }
}
