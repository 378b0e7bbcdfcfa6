extension MLflowSearchReader {
    /// What a search is ordered by.
    package func order(_ text: String) throws(MLflowSearchError) -> MLflowSearchOrder {
        let tokens = MLflowSearchToken.all(in: text)
        guard let first = tokens.first, first.kind == .word, tokens.count <= 2 else {
            throw MLflowSearchError("Invalid order_by clause '\(text)'. Could not be parsed.")
        }
        if tokens.count == 2, !tokens[1].isWord("ASC"), !tokens[1].isWord("DESC") {
            throw MLflowSearchError("Invalid ordering key in order_by clause '\(text)'.")
        }
        let (kind, key) = try identifier(first.raw, grammar.orderable)
        return MLflowSearchOrder(
            kind: kind, key: grammar.aliases[key] ?? key, isDescending: tokens.count == 2 && tokens[1].isWord("DESC"))
    }

    /// What all of the texts say together. Throws for the same key twice.
    package func orders(_ texts: [String]) throws(MLflowSearchError) -> [MLflowSearchOrder] {
        var orders: [MLflowSearchOrder] = []
        for text in texts {
            let order = try order(text)
            if orders.contains(where: { $0.kind == order.kind && $0.key == order.key }) {
                let list = texts.map(Self.pythonQuoted).joined(separator: ", ")
                throw MLflowSearchError("`order_by` contains duplicate fields: [\(list)]")
            }
            orders.append(order)
        }
        return orders
    }

    func identifier(
        _ raw: String, _ attributes: Set<String>
    ) throws(MLflowSearchError) -> (MLflowSearchClause.Kind, String) {
        var kind = MLflowSearchClause.Kind.attribute
        var key = Substring(raw)
        if let dot = raw.firstIndex(of: "."), !raw.hasPrefix("`") || raw.dropFirst().firstIndex(of: "`") ?? dot < dot {
            let family = Self.unquoted(raw[..<dot], "`")
            guard let known = grammar.families[family] else {
                throw MLflowSearchError(
                    grammar.quotesInvalid
                        ? "Invalid entity type '\(family)'. Valid values are \(grammar.familyNames)"
                        : "Invalid entity type '\(family)'. Valid entity types are \(grammar.familyNames)")
            }
            (kind, key) = (known, raw[raw.index(after: dot)...])
        }
        let name = Self.unquoted(Substring(Self.unquoted(Substring(Self.unquoted(key, "\"")), "'")), "`")
        if kind == .attribute, !attributes.contains(name) {
            throw MLflowSearchError(
                "Invalid attribute key '\(name)' specified. Valid keys are '\(Self.pythonSet(attributes))'")
        }
        if kind == .dataset, !Self.datasetKeys.contains(name) {
            throw MLflowSearchError(
                "Invalid dataset key '\(name)' specified. Valid keys are '\(Self.pythonSet(Self.datasetKeys))'")
        }
        return (kind, name)
    }

    private static let datasetKeys: Set<String> = ["name", "digest", "context"]

    private static func pythonSet(_ names: Set<String>) -> String {
        "{" + names.sorted().map { "'\($0)'" }.joined(separator: ", ") + "}"
    }

    /// What is between two of those marks, or the text itself.
    static func unquoted(_ text: Substring, _ mark: Character) -> String {
        text.count >= 2 && text.first == mark && text.last == mark ? String(text.dropFirst().dropLast()) : String(text)
    }

    /// As Python's `repr` shows a text.
    static func pythonQuoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        if escaped.contains("'") && !escaped.contains("\"") { return "\"\(escaped)\"" }
        return "'\(escaped.replacing("'", with: "\\'"))'"
    }
}
