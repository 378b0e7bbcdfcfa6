/// Reads filters and orders of MLflow's search endpoints. What MLflow's server refuses is refused with its words.
package struct MLflowSearchReader: Sendable {
    let grammar: MLflowSearchGrammar

    /// A reader of one endpoint's grammar.
    package init(_ grammar: MLflowSearchGrammar) { self.grammar = grammar }

    /// The comparisons that all have to hold; none for an empty text.
    package func clauses(_ filter: String) throws(MLflowSearchError) -> [MLflowSearchClause] {
        let tokens = MLflowSearchToken.all(in: filter)
        if tokens.isEmpty, !filter.isEmpty {
            throw MLflowSearchError("Invalid filter '\(filter)'. Could not be parsed.")
        }
        if let end = tokens.firstIndex(where: { $0.kind == .semicolon }), end < tokens.count - 1 {
            throw MLflowSearchError(
                "Search filter contained multiple expression \(Self.pythonQuoted(filter)). "
                    + "Provide AND-ed expression list.")
        }
        var clauses: [MLflowSearchClause] = []
        var invalid: [String] = []
        var wasName = false
        var rest = tokens[...]
        while let token = rest.first {
            if let parts = Self.comparison(&rest) {
                // What is invalid elsewhere is told before what is wrong within a comparison.
                if invalid.isEmpty, !Self.hasInvalid(rest) { clauses.append(try clause(parts)) }
                continue
            }
            rest.removeFirst()
            defer { wasName = token.isName }
            if token.isWord("AND") { continue }
            // SQL takes two names for one with an alias.
            if wasName, token.isName, let first = invalid.popLast() {
                invalid.append("\(first) \(token.raw)")
            } else {
                invalid.append(token.raw)
            }
        }
        if !invalid.isEmpty {
            let list = invalid.map { grammar.quotesInvalid ? "'\($0)'" : $0 }.joined(separator: ", ")
            throw MLflowSearchError("Invalid clause(s) in filter string: \(list)")
        }
        return clauses
    }

    private struct Comparison {
        let key: MLflowSearchToken
        let comparator: String
        let value: MLflowSearchToken?
    }

    /// Takes a comparison off the front, if one is there.
    private static func comparison(_ rest: inout ArraySlice<MLflowSearchToken>) -> Comparison? {
        let tokens = Array(rest.prefix(4))
        guard tokens.count >= 3, let key = tokens.first, [.word, .number, .text].contains(key.kind),
            key.kind != .word || key.isName
        else { return nil }
        func take(_ count: Int, _ comparator: String, _ value: MLflowSearchToken?) -> Comparison {
            rest.removeFirst(count)
            return Comparison(key: key, comparator: comparator, value: value)
        }
        let (second, third) = (tokens[1], tokens[2])
        if second.kind == .comparator || second.isWord("LIKE") || second.isWord("ILIKE") {
            guard third.kind != .other && third.kind != .comparator else { return nil }
            return take(3, second.raw.uppercased(), third)
        }
        if second.isWord("IN"), third.kind == .list { return take(3, "IN", third) }
        if second.isWord("IS"), third.isWord("NULL") { return take(3, "IS NULL", nil) }
        guard tokens.count == 4 else { return nil }
        if second.isWord("NOT"), third.isWord("LIKE") || third.isWord("ILIKE") {
            return take(4, "NOT " + third.raw.uppercased(), tokens[3])
        }
        if second.isWord("NOT"), third.isWord("IN"), tokens[3].kind == .list { return take(4, "NOT IN", tokens[3]) }
        if second.isWord("IS"), third.isWord("NOT"), tokens[3].isWord("NULL") { return take(4, "IS NOT NULL", nil) }
        return nil
    }

    private static func hasInvalid(_ rest: ArraySlice<MLflowSearchToken>) -> Bool {
        var rest = rest
        while let token = rest.first {
            if comparison(&rest) != nil { continue }
            if !token.isWord("AND") { return true }
            rest.removeFirst()
        }
        return false
    }

    private func clause(_ parts: Comparison) throws(MLflowSearchError) -> MLflowSearchClause {
        guard parts.key.kind == .word else {
            throw MLflowSearchError("Invalid comparison clause. Expected 'Identifier' found '\(parts.key.raw)'")
        }
        let (kind, key) = try identifier(parts.key.raw, grammar.attributes)
        guard let token = parts.value else { return try nullClause(kind, key, parts.comparator) }
        let value = try value(of: kind, key, token)
        let name = grammar.aliases[key] ?? key
        let allowed = grammar.comparators(kind, name)
        guard allowed.contains(parts.comparator) else {
            let list = allowed.map { "'\($0)'" }.joined(separator: ", ")
            // MLflow forgets the last quote of some.
            let end = kind == .parameter || kind == .attribute && !grammar.numeric.contains(name) ? "'" : ""
            throw MLflowSearchError("Invalid comparator '\(parts.comparator)' not one of '{\(list)}\(end)")
        }
        return MLflowSearchClause(kind, name, parts.comparator, value)
    }

    private func nullClause(
        _ kind: MLflowSearchClause.Kind, _ key: String, _ comparator: String
    ) throws(MLflowSearchError) -> MLflowSearchClause {
        if kind == .tag || kind == .parameter { return MLflowSearchClause(kind, key, comparator, .nothing) }
        throw MLflowSearchError(
            grammar.quotesInvalid
                ? "IS NULL / IS NOT NULL is only supported for tags and params, not for '\(kind.rawValue)' '\(key)'"
                : "IS NULL / IS NOT NULL is only supported for tags, not for attribute '\(key)'")
    }
}
