extension FilterParser {
    mutating func parseValues(
        for key: FilterKey, _ comparator: FilterComparator
    ) throws(FilterSyntaxError) -> [FilterValue] {
        scanner.skipWhitespace()
        switch comparator {
        case .isNull, .isNotNull: return []
        case .isIn, .isNotIn: return try parseList(for: key, comparator)
        default: return [try parseValue(for: key, comparator, inList: false)]
        }
    }

    private mutating func parseList(
        for key: FilterKey, _ comparator: FilterComparator
    ) throws(FilterSyntaxError) -> [FilterValue] {
        let open = scanner.position
        scanner.advance()
        var values: [FilterValue] = []
        repeat {
            scanner.skipWhitespace()
            if !values.isEmpty, scanner.next == UInt8(ascii: ")") { break }
            values.append(try parseValue(for: key, comparator, inList: true))
            scanner.skipWhitespace()
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.take(UInt8(ascii: ")")) else {
            if scanner.isAtEnd { throw scanner.error("Expected “)” to close this “(”.", open..<open + 1) }
            throw scanner.error("Expected “,” or “)”.", valueRange())
        }
        return values
    }

    private mutating func parseValue(
        for key: FilterKey, _ comparator: FilterComparator, inList: Bool
    ) throws(FilterSyntaxError) -> FilterValue {
        let start = scanner.position
        let isQuoted = FilterScanner.isQuote(scanner.next)
        let text = isQuoted ? try takeQuoted() : try takeBareValue(after: comparator, inList: inList)
        let range = start..<scanner.position
        switch comparator {
        case .matches, .notMatches:
            try compile(text, range)
            return .text(text)
        case .like, .notLike, .ilike, .notILike: return .text(text)
        default: break
        }
        switch key.kind {
        case .text, .status, .anyEntry: return .text(text)
        case .attention:
            if let fault = AttentionMarks.fault(in: text, comparator) { throw scanner.error(fault, range) }
            return .text(text)
        case .metric:
            if isQuoted && !comparator.isOrdering { return .text(text) }
            if let value = FilterParser.number(text) { return value }
            if case .metric(let name) = key, let number = FilterSize.number(text, of: name) { return .number(number) }
            guard comparator.isOrdering else { return .text(text) }
            throw scanner.error("Expected a number after “\(comparator.rawValue)”, not “\(text)”.", range)
        case .number:
            if case .number(let number)? = FilterParser.number(text) { return .number(number) }
            throw scanner.error("Expected a number after “\(comparator.rawValue)”, not “\(text)”.", range)
        case .duration:
            if let milliseconds = FilterDuration.milliseconds(text) { return .duration(milliseconds) }
            throw scanner.error("Expected a length of time such as 90s, 10m, 1h30m, 2d or 1w, not “\(text)”.", range)
        case .moment:
            if let moment = FilterMoment(text) { return .moment(moment) }
            let hint = FilterDuration.milliseconds(text) == nil ? "" : " For “\(text) ago” compare age."
            throw scanner.error("Expected a date such as 2026-11-24 or 2026-11-24T10:00, not “\(text)”.\(hint)", range)
        }
    }

    private mutating func takeBareValue(
        after comparator: FilterComparator, inList: Bool
    ) throws(FilterSyntaxError) -> String {
        let start = scanner.position
        let expected = "Expected a value after “\(comparator.rawValue)”"
        if let next = scanner.next, FilterScanner.isOperatorStart(next) {
            throw scanner.error("\(expected), not “\(scanner.string(start..<start + 1))”.", start..<start + 1)
        }
        let word = scanner.takeWord { scanner in
            let next = scanner.next
            return next == UInt8(ascii: "(") || next == UInt8(ascii: ")") || (inList && next == UInt8(ascii: ","))
        }
        let text = scanner.string(word)
        guard !text.isEmpty else { throw scanner.error("\(expected).", valueRange()) }
        if ["and", "or", "not"].contains(text.lowercased()) {
            throw scanner.error("\(expected); quote “\(text)” to mean the word.", word)
        }
        return text
    }

    private mutating func compile(_ pattern: String, _ range: Range<Int>) throws(FilterSyntaxError) {
        guard patterns[pattern] == nil else { return }
        do throws(RegularExpression.Problem) {
            patterns[pattern] = try RegularExpression(pattern)
        } catch {
            throw scanner.error("This is not a regular expression: \(error.message).", range)
        }
    }

    private static func number(_ text: String) -> FilterValue? {
        guard let number = Double(text) else { return nil }
        return number.isNaN ? .notANumber : .number(number)
    }
}
