extension Parser {
    /// At the number or colon behind the `[` of `left[0]` or `left[0:1]`.
    mutating func indexed(_ left: Expression) throws(JMESPathError) -> Expression {
        if case .number(let index) = token {
            if case .colon = tokenAfterNext {
            } else {
                advance()
                try take(.rightBracket)
                return try chain(left, .index(index))
            }
        }
        let sliced = try chain(left, .slice(slice()))
        return try make(.listProjection(source: sliced, body: projected(BindingPower.star)))
    }

    /// At the star of `left[*]`.
    mutating func listProjection(_ left: Expression) throws(JMESPathError) -> Expression {
        try take(.star)
        try take(.rightBracket)
        return try make(.listProjection(source: left, body: projected(BindingPower.star)))
    }

    private func chain(_ left: Expression, _ node: Expression.Node) throws(JMESPathError) -> Expression {
        try make(.chain([left, make(node)]))
    }

    /// `start:stop:step]`, each of the numbers and the second colon optional. jmespath.py takes the last of two numbers.
    private mutating func slice() throws(JMESPathError) -> Expression.Slice {
        var bounds: [Int?] = [nil, nil, nil]
        var place = 0
        while true {
            switch token {
            case .rightBracket:
                advance()
                return Expression.Slice(start: bounds[0], stop: bounds[1], step: bounds[2])
            case .number(let number): bounds[place] = number
            case .colon where place < 2: place += 1
            case .colon: throw error("a slice has at most two colons")
            default: throw missing("a number, ':' or ']'")
            }
            advance()
        }
    }
}
