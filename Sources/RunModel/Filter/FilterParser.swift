/// Recursive descent over the grammar that `Filter` documents.
struct FilterParser {
    var scanner: FilterScanner
    /// Every pattern of the text, compiled: what the parser has checked need not be compiled again.
    var patterns: [String: RegularExpression] = [:]
    /// Where the keyword that was taken last ends.
    private(set) var keywordEnd = 0
    private var depth = 0

    /// No person nests this deep by hand; a text that does would exhaust the stack.
    private static let maximumDepth = 64

    init(_ text: String) { scanner = FilterScanner(text) }

    mutating func parse() throws(FilterSyntaxError) -> FilterExpression {
        scanner.skipWhitespace()
        if scanner.isAtEnd { return .and([]) }
        let expression = try parseOr()
        if let next = scanner.next {
            let here = scanner.position..<scanner.position + 1
            if next == UInt8(ascii: ")") { throw scanner.error("There is no “(” for this “)”.", here) }
            throw scanner.error("Expected a key or a word, not “\(scanner.string(here))”.", here)
        }
        return expression
    }

    private mutating func parseOr() throws(FilterSyntaxError) -> FilterExpression {
        var parts = [try parseAnd()]
        while take(keyword: "or") { parts.append(try parseAnd()) }
        return parts.count == 1 ? parts[0] : .or(parts.flatMap(\.alternatives))
    }

    private mutating func parseAnd() throws(FilterSyntaxError) -> FilterExpression {
        var parts = [try parseUnary()]
        while true {
            if !take(keyword: "and") {
                scanner.skipWhitespace()
                guard let next = scanner.next, next != UInt8(ascii: ")"), scanner.keyword()?.text != "or" else { break }
            }
            parts.append(try parseUnary())
        }
        return parts.count == 1 ? parts[0] : .and(parts.flatMap(\.conjuncts))
    }

    private mutating func parseUnary() throws(FilterSyntaxError) -> FilterExpression {
        depth += 1
        defer { depth -= 1 }
        scanner.skipWhitespace()
        let start = scanner.position
        guard depth <= FilterParser.maximumDepth else {
            throw scanner.error("Nested too deeply; the limit is \(FilterParser.maximumDepth).", start..<scanner.end)
        }
        if take(keyword: "not") { return .not(try parseUnary()) }
        if scanner.next == UInt8(ascii: "-"), !startsNumber(after: start) {
            scanner.advance()
            guard !scanner.isAtEnd, scanner.whitespaceLength(at: scanner.position) == 0 else {
                let here = scanner.position..<scanner.position
                throw scanner.error("Expected something to exclude right after “-”.", here)
            }
            return .not(try parseUnary())
        }
        guard scanner.take(UInt8(ascii: "(")) else { return try parseTerm() }
        scanner.skipWhitespace()
        if scanner.next == UInt8(ascii: ")") {
            throw scanner.error("Expected something between “(” and “)”.", start..<scanner.position + 1)
        }
        let inner = try parseOr()
        guard scanner.take(UInt8(ascii: ")")) else {
            if scanner.isAtEnd {
                throw scanner.error("Expected “)” to close this “(”.", start..<start + 1)
            }
            let here = scanner.position..<scanner.position + 1
            throw scanner.error("Expected “)”, not “\(scanner.string(here))”.", here)
        }
        return inner
    }

    /// `-5` and `-.5` are words, since they are read as numbers.
    private func startsNumber(after offset: Int) -> Bool {
        let isPoint = scanner.byte(at: offset + 1) == UInt8(ascii: ".")
        guard let digit = scanner.byte(at: offset + (isPoint ? 2 : 1)) else { return false }
        return digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9")
    }

    /// Takes `keyword`, in any letter case, with the white space around it.
    mutating func take(keyword: String) -> Bool {
        scanner.skipWhitespace()
        guard let word = scanner.keyword(), word.text == keyword else { return false }
        scanner.rewind(to: word.end)
        keywordEnd = word.end
        scanner.skipWhitespace()
        return true
    }
}

extension FilterExpression {
    fileprivate var alternatives: [FilterExpression] { if case .or(let parts) = self { parts } else { [self] } }
}
