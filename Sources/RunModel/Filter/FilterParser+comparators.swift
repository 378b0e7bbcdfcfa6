extension FilterParser {
    /// The comparator at the current position and where it is; nil, with nothing taken, when there is none.
    ///
    /// `in`, `like`, `is` and `not` also are words to search for: after something that is no key they count as
    /// comparators only with what must follow them.
    mutating func parseComparator(
        afterKnownKey isKnown: Bool
    ) throws(FilterSyntaxError) -> (FilterComparator, Range<Int>)? {
        let before = scanner.position
        scanner.skipWhitespace()
        let start = scanner.position
        if let comparator = try takeSymbol() { return (comparator, start..<scanner.position) }
        if let comparator = try takeKeywords(afterKnownKey: isKnown) { return (comparator, start..<keywordEnd) }
        scanner.rewind(to: before)
        return nil
    }

    private mutating func takeSymbol() throws(FilterSyntaxError) -> FilterComparator? {
        guard let next = scanner.next, FilterScanner.isOperatorStart(next) else { return nil }
        let start = scanner.position
        scanner.advance()
        switch next {
        case UInt8(ascii: "="):
            _ = scanner.take(UInt8(ascii: "="))
            return .equal
        case UInt8(ascii: "<"): return scanner.take(UInt8(ascii: "=")) ? .lessOrEqual : .less
        case UInt8(ascii: ">"): return scanner.take(UInt8(ascii: "=")) ? .greaterOrEqual : .greater
        case UInt8(ascii: ":"): return .contains
        case UInt8(ascii: "~"): return .matches
        default:
            if scanner.take(UInt8(ascii: "=")) { return .notEqual }
            if scanner.take(UInt8(ascii: "~")) { return .notMatches }
            throw scanner.error("Expected “!=” or “!~”.", start..<scanner.position)
        }
    }

    private mutating func takeKeywords(afterKnownKey isKnown: Bool) throws(FilterSyntaxError) -> FilterComparator? {
        if take(keyword: "is") {
            let isNegated = take(keyword: "not")
            if take(keyword: "null") { return isNegated ? .isNotNull : .isNull }
            guard isKnown else { return nil }
            throw scanner.error(
                isNegated ? "Expected NULL after IS NOT." : "Expected NULL or NOT NULL after IS.", valueRange())
        }
        let isNegated = take(keyword: "not")
        if take(keyword: "in") {
            if scanner.next == UInt8(ascii: "(") { return isNegated ? .isNotIn : .isIn }
            guard isKnown else { return nil }
            throw scanner.error("Expected “(” after IN, as in IN ('a', 'b').", valueRange())
        }
        for (word, comparator, negated) in [
            ("like", FilterComparator.like, FilterComparator.notLike), ("ilike", .ilike, .notILike),
        ] where take(keyword: word) {
            if isKnown || FilterScanner.isQuote(scanner.next) { return isNegated ? negated : comparator }
            return nil
        }
        return nil
    }

    /// What stands where something else was expected: the word here, or the end.
    func valueRange() -> Range<Int> {
        var ahead = scanner
        let word = ahead.takeWord { $0.next == UInt8(ascii: "(") || $0.next == UInt8(ascii: ")") }
        return word.isEmpty && !scanner.isAtEnd ? scanner.position..<scanner.position + 1 : word
    }
}
