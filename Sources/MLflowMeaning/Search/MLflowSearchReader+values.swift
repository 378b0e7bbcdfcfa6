extension MLflowSearchReader {
    func value(
        of kind: MLflowSearchClause.Kind, _ key: String, _ token: MLflowSearchToken
    ) throws(MLflowSearchError) -> MLflowSearchClause.Value {
        switch kind {
        case .metric:
            guard token.kind == .number, let number = Double(token.raw) else {
                throw MLflowSearchError("Expected numeric value type for metric. Found \(token.raw)")
            }
            return .number(number)
        case .parameter, .tag:
            if let text = try quotedText(token) { return .text(text) }
            throw MLflowSearchError(
                "Expected a quoted string value for \(kind.rawValue) (e.g. 'my-value'). Got value \(token.raw)")
        case .attribute where grammar.numeric.contains(key):
            guard token.kind == .number, let number = Double(token.raw) else {
                throw MLflowSearchError("Expected numeric value type for numeric attribute: \(key). Found \(token.raw)")
            }
            return Int64(token.raw).map { .integer($0) } ?? .number(number)
        case .attribute:
            if token.kind == .list {
                guard grammar.listed.contains(key) else {
                    let list = grammar.listed.sorted().map { "'\($0)'" }.joined(separator: ", ")
                    throw MLflowSearchError(
                        "Only [\(list)] attributes support comparison with a list of quoted string values.")
                }
                return .texts(try texts(token))
            }
            if let text = try quotedText(token) { return .text(text) }
            throw MLflowSearchError("Expected a quoted string value for attributes. Got value \(token.raw)")
        case .dataset:
            if token.kind == .list { return .texts(try texts(token)) }
            if let text = try quotedText(token) { return .text(text) }
            throw MLflowSearchError("Expected a quoted string value for dataset attributes. Got value \(token.raw)")
        }
    }

    /// Nil for what is not even a word.
    private func quotedText(_ token: MLflowSearchToken) throws(MLflowSearchError) -> String? {
        guard token.kind == .text || token.kind == .word else { return nil }
        for mark in ["'", "\""] as [Character] where token.raw.count >= 2 {
            if token.raw.first == mark, token.raw.last == mark {
                return Self.unquoted(Substring(token.raw), mark)
            }
        }
        throw MLflowSearchError(
            "Parameter value is either not quoted or unidentified quote types used for string value \(token.raw). "
                + "Use either single or double quotes.")
    }

    /// The texts of a list such as `('a', "b")`.
    private func texts(_ token: MLflowSearchToken) throws(MLflowSearchError) -> [String] {
        let illFormed = MLflowSearchError(
            "While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.")
        guard token.raw.hasSuffix(")") else { throw illFormed }
        var texts: [String] = []
        var expectsValue = true
        for part in MLflowSearchToken.all(in: String(token.raw.dropFirst().dropLast())) {
            if part.raw == ",", !expectsValue {
                expectsValue = true
                continue
            }
            guard expectsValue else { throw illFormed }
            expectsValue = false
            if part.kind == .number { throw Self.otherKinds(token.raw) }
            guard part.kind == .text || part.raw.hasPrefix("\""), let text = try quotedText(part) else {
                throw illFormed
            }
            texts.append(text)
        }
        if texts.isEmpty {
            throw MLflowSearchError(
                "While parsing a list in the query, expected a non-empty list of string values, but got empty list")
        }
        return texts
    }

    /// As Python shows a tuple.
    private static func otherKinds(_ list: String) -> MLflowSearchError {
        let isAlone = !list.contains(",")
        return MLflowSearchError(
            "While parsing a list in the query, expected string value, punctuation, or whitespace, "
                + "but got different type in list: \(isAlone ? list.dropLast() + ",)" : list)")
    }
}
