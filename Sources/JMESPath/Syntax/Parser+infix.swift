extension Parser {
    /// What the next token makes of the value on its left.
    mutating func infix(_ left: Expression) throws(JMESPathError) -> Expression {
        let operation = token
        switch operation {
        case .pipe: return try make(.chain(operands(left, of: operation)))
        case .or: return try make(.or(operands(left, of: operation)))
        case .and: return try make(.and(operands(left, of: operation)))
        case .comparison(let comparison):
            advance()
            return try make(.comparison(comparison, left, expression(above: operation.bindingPower)))
        case .dot: return try dotted(left)
        case .flatten:
            advance()
            let source = try make(.flatten(left))
            return try make(.listProjection(source: source, body: projected(BindingPower.flatten)))
        case .filter:
            advance()
            let condition = try expression(above: 0)
            try take(.rightBracket)
            return try make(.filter(source: left, condition: condition, body: projected(BindingPower.filter)))
        case .leftBracket:
            advance()
            switch token {
            case .number, .colon: return try indexed(left)
            case .star: return try listProjection(left)
            default: throw missing("an index, a slice or '*'")
            }
        case .leftParenthesis: return try call(left)
        default: throw error("\(operation.name) cannot follow a value")
        }
    }

    /// All operands of a row of the same operator, so that a long row nests no deeper than a short one.
    private mutating func operands(_ first: Expression, of operation: Token) throws(JMESPathError) -> [Expression] {
        var operands = [first]
        while token.name == operation.name {
            advance()
            operands.append(try expression(above: operation.bindingPower))
        }
        return operands
    }

    /// `left.a.b`, or `left.*`
    private mutating func dotted(_ left: Expression) throws(JMESPathError) -> Expression {
        var parts = [left]
        while case .dot = token {
            if case .star = tokenAfterNext {
                if parts.count > 1 { break }
                advance()
                advance()
                return try make(.objectProjection(source: left, body: projected(BindingPower.dot)))
            }
            advance()
            parts.append(try afterDot(BindingPower.dot))
        }
        return try make(.chain(parts))
    }

    /// Behind a dot.
    private mutating func afterDot(_ power: Int) throws(JMESPathError) -> Expression {
        switch token {
        case .identifier, .quotedIdentifier, .star: return try expression(above: power)
        case .leftBracket:
            advance()
            return try list()
        case .leftBrace:
            advance()
            return try members()
        default: throw missing("a name, '*', '[' or '{'")
        }
    }

    /// What is applied to each element of a projection, up to what ends it.
    mutating func projected(_ power: Int) throws(JMESPathError) -> Expression {
        if token.bindingPower < BindingPower.projectionStop { return .current }
        switch token {
        case .leftBracket, .filter: return try expression(above: power)
        case .dot:
            advance()
            return try afterDot(power)
        default: throw error("\(token.name) cannot follow a projection")
        }
    }

    /// `name(argument, …)`, at its parenthesis. jmespath.py does not insist on the commas, and takes one after the last.
    private mutating func call(_ left: Expression) throws(JMESPathError) -> Expression {
        guard case .field(let name) = left.node else { throw error("only a name can be called as a function") }
        advance()
        var arguments: [Expression.Argument] = []
        while true {
            if case .rightParenthesis = token { break }
            if case .reference = token {
                advance()
                arguments.append(.reference(try expression(above: 0)))
            } else {
                arguments.append(.value(try expression(above: 0)))
            }
            if case .comma = token { advance() }
        }
        advance()
        return try make(.function(name, arguments))
    }
}
