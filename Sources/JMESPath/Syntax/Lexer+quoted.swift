extension Lexer {
    /// What is between the quote at `start`, which is taken already, and the next without a backslash before it.
    /// Backslashes stay, but for one before the quote itself where `unescapingQuote`.
    private mutating func quoted(
        from start: Int, by quote: Unicode.Scalar, unescapingQuote: Bool
    ) throws(JMESPathError) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = next {
            position += 1
            if scalar == quote { return String(text) }
            guard scalar == "\\", let escaped = next else {
                text.append(scalar)
                continue
            }
            position += 1
            if escaped != quote || !unescapingQuote { text.append(scalar) }
            text.append(escaped)
        }
        throw JMESPathError(.syntax, "the closing \(quote) is missing", at: start)
    }

    /// `"…"` with the escapes of JSON.
    mutating func quotedIdentifier(from start: Int) throws(JMESPathError) -> String {
        let text = try quoted(from: start, by: "\"", unescapingQuote: false)
        guard let name = Self.string(text) else {
            throw JMESPathError(.syntax, "a quoted name is written like a JSON text, and this one is not", at: start)
        }
        return name
    }

    /// `'…'`, in which `\'` is the only escape.
    mutating func rawString(from start: Int) throws(JMESPathError) -> String {
        try quoted(from: start, by: "'", unescapingQuote: true)
    }

    /// `` `…` ``: JSON, or else a text without its quotes, which is deprecated and still understood.
    mutating func literal(from start: Int) throws(JMESPathError) -> JSONValue {
        let text = try quoted(from: start, by: "`", unescapingQuote: true)
        do throws(JSONSyntaxError) {
            return try JSONReader.read(Array(text.utf8))
        } catch {
            if error.isTooDeep { throw JMESPathError(.syntax, "in the literal, \(error.reason)", at: start) }
        }
        let trimmed = String(String.UnicodeScalarView(text.unicodeScalars.drop(while: \.isPythonSpace)))
        guard let value = Self.string(trimmed) else {
            throw JMESPathError(.syntax, "a literal between backticks is JSON, and this one is not", at: start)
        }
        return .string(value)
    }

    private static func string(_ text: String) -> String? {
        guard case .string(let value) = try? JSONReader.read(Array("\"\(text)\"".utf8)) else { return nil }
        return value
    }
}
