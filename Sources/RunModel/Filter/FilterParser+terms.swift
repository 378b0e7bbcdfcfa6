extension FilterParser {
    /// A bare word, a quoted text, a key that must be there, or a comparison.
    mutating func parseTerm() throws(FilterSyntaxError) -> FilterExpression {
        let term = try parseSubject()
        let key = term.key
        guard let (comparator, operatorRange) = try parseComparator(afterKnownKey: key != nil) else {
            if let key, term.isEntry { return .comparison(FilterComparison(key, .isNotNull, [])) }
            return .bareWord(term.text)
        }
        guard let key else { throw scanner.error(FilterKey.unknownKeyMessage(term.text), term.range) }
        guard key.allows(comparator) else {
            throw scanner.error(FilterParser.refusal(of: comparator, for: key), operatorRange)
        }
        return .comparison(FilterComparison(key, comparator, try parseValues(for: key, comparator)))
    }

    /// What stands where a key or a bare word may.
    private struct Subject {
        var text: String
        var range: Range<Int>
        var key: FilterKey?
        /// A key of one of the maps, which alone asks whether the run has it.
        var isEntry = false
    }

    private mutating func parseSubject() throws(FilterSyntaxError) -> Subject {
        let start = scanner.position
        if FilterScanner.isQuote(scanner.next) {
            let isBacktick = scanner.next == FilterScanner.backtick
            let text = try takeQuoted()
            if isBacktick, scanner.next == UInt8(ascii: "."), let family = FilterKey.families[text.lowercased()] {
                scanner.advance()
                return try parseEntry(of: family, prefix: text, from: start)
            }
            return Subject(text: text, range: start..<scanner.position, key: FilterKey.attributes[text.lowercased()])
        }
        let word = scanner.takeWord { scanner in
            guard let next = scanner.next else { return true }
            if next == UInt8(ascii: "(") || next == UInt8(ascii: ")") { return true }
            if FilterScanner.isQuote(next) { return scanner.byte(at: scanner.position - 1) == UInt8(ascii: ".") }
            guard next == UInt8(ascii: "!") else { return FilterScanner.isOperatorStart(next) }
            let after = scanner.byte(at: scanner.position + 1)
            return after == UInt8(ascii: "=") || after == UInt8(ascii: "~")
        }
        let text = scanner.string(word)
        guard !word.isEmpty else {
            let here = start..<min(start + 1, scanner.end)
            let found = here.isEmpty ? "" : ", not “\(scanner.string(here))”"
            throw scanner.error("Expected a key or a word\(found).", here)
        }
        if ["and", "or"].contains(text.lowercased()) {
            throw scanner.error("Expected something before “\(text)”; quote it to search for the word.", word)
        }
        if let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")),
            let family = FilterKey.families[text[..<dot].lowercased()]
        {
            let prefix = String(text[..<dot])
            scanner.rewind(to: start + prefix.utf8.count + 1)
            return try parseEntry(of: family, prefix: prefix, from: start, until: word.upperBound)
        }
        let name = text.lowercased()
        return Subject(
            text: text, range: word, key: FilterKey.attributes[name] ?? FilterKey.families[name]?.whole)
    }

    /// The key after `prefix.`, quoted or up to `end`.
    private mutating func parseEntry(
        of family: FilterKey.Family, prefix: String, from start: Int, until end: Int? = nil
    ) throws(FilterSyntaxError) -> Subject {
        let rest: String
        if FilterScanner.isQuote(scanner.next) {
            rest = try takeQuoted()
        } else if let end {
            rest = scanner.string(scanner.position..<end)
            scanner.rewind(to: end)
        } else {
            rest = scanner.string(
                scanner.takeWord { scanner in
                    guard let next = scanner.next else { return true }
                    return FilterScanner.isOperatorStart(next) || next == UInt8(ascii: "(") || next == UInt8(ascii: ")")
                })
        }
        guard !rest.isEmpty else {
            throw scanner.error("Expected a key after “\(prefix).”.", scanner.position..<scanner.position)
        }
        let key = family.key(rest)
        return Subject(
            text: "\(prefix).\(rest)", range: start..<scanner.position, key: key,
            isEntry: family.hasEntries && key != nil)
    }

    mutating func takeQuoted() throws(FilterSyntaxError) -> String {
        let start = scanner.position
        if let text = scanner.takeQuoted() { return text }
        let mark = scanner.string(start..<start + 1)
        throw scanner.error("Expected a closing \(mark).", start..<scanner.end)
    }

    private static func refusal(of comparator: FilterComparator, for key: FilterKey) -> String {
        let name = key.description
        return switch key.kind {
        case .anyEntry: "“\(name)” alone takes only “:”; name one as in “\(name).KEY \(comparator.rawValue) …”."
        case .duration: "“\(comparator.rawValue)” does not apply to \(name); compare it as in “\(name) < 2d”."
        case .moment: "“\(comparator.rawValue)” does not apply to \(name); compare it as in “\(name) > 2026-11-24”."
        case .attention: "Marks have no order; write “attention:nan”, “attention:stalled” or “attention:silent”."
        case .status: "A status has no order; use “=”, “!=” or “:”."
        default: "“\(comparator.rawValue)” does not apply to \(name); compare it as in “\(name) < 0.5”."
        }
    }
}
