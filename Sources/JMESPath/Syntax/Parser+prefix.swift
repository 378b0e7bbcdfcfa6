extension Parser {
    /// What begins with the next token.
    mutating func prefix() throws(JMESPathError) -> Expression {
        let first = token
        switch first {
        case .identifier(let name):
            advance()
            return try make(.field(name))
        case .quotedIdentifier(let name):
            advance()
            if case .leftParenthesis = token { throw error("the name of a function has no quotes") }
            return try make(.field(name))
        case .literal(let value):
            advance()
            return try make(.literal(value))
        case .current:
            advance()
            return .current
        case .star:
            advance()
            return try make(.objectProjection(source: .current, body: projected(BindingPower.star)))
        case .flatten, .filter: return try infix(.current)
        case .leftBracket:
            advance()
            return try bracketed()
        case .leftBrace:
            advance()
            return try members()
        case .leftParenthesis:
            advance()
            let expression = try expression(above: 0)
            try take(.rightParenthesis)
            return expression
        case .not:
            advance()
            return try make(.not(expression(above: BindingPower.not)))
        case .reference: throw error("'&' stands only before an argument of a function")
        case .end: throw error("the expression ends where a value is missing")
        default: throw error("\(first.name) cannot begin a value")
        }
    }

    /// Behind a `[` that follows no value.
    private mutating func bracketed() throws(JMESPathError) -> Expression {
        switch (token, tokenAfterNext) {
        case (.number, _), (.colon, _): return try indexed(.current)
        case (.star, .rightBracket): return try listProjection(.current)
        default: return try list()
        }
    }

    /// Behind the `[` of `[a, b]`.
    mutating func list() throws(JMESPathError) -> Expression {
        var elements = [try expression(above: 0)]
        while case .comma = token {
            advance()
            elements.append(try expression(above: 0))
        }
        try take(.rightBracket)
        return try make(.list(elements))
    }

    /// Behind the `{` of `{a: b, c: d}`. jmespath.py does not insist on the commas.
    mutating func members() throws(JMESPathError) -> Expression {
        var members: [(key: String, value: Expression)] = []
        while true {
            switch token {
            case .identifier(let name), .quotedIdentifier(let name):
                advance()
                try take(.colon)
                members.append((name, try expression(above: 0)))
            default: throw missing("a key")
            }
            if case .rightBrace = token { break }
            if case .comma = token { advance() }
        }
        advance()
        return try make(.object(members))
    }
}
