extension Filter {
    /// The filter that an expression says, such as a part of another filter; its text is the canonical spelling.
    ///
    /// Throws for a pattern after `~` that is no regular expression; the error's range is the whole text.
    package init(_ expression: FilterExpression) throws(FilterSyntaxError) {
        let text = "\(expression)"
        var patterns: [String: RegularExpression] = [:]
        for pattern in expression.patterns where patterns[pattern] == nil {
            do throws(RegularExpression.Problem) {
                patterns[pattern] = try RegularExpression(pattern)
            } catch {
                throw FilterSyntaxError(
                    message: "This is not a regular expression: \(error.message).", range: 0..<text.count)
            }
        }
        self.init(
            text: text, expression: expression, predicate: FilterPredicate(expression, patterns: patterns))
    }
}

extension FilterExpression {
    /// What stands after `~` and `!~`.
    fileprivate var patterns: [String] {
        switch self {
        case .and(let parts), .or(let parts): parts.flatMap(\.patterns)
        case .not(let part): part.patterns
        case .bareWord: []
        case .comparison(let comparison):
            comparison.comparator == .matches || comparison.comparator == .notMatches
                ? comparison.values.compactMap { if case .text(let text) = $0 { text } else { nil } } : []
        }
    }
}
