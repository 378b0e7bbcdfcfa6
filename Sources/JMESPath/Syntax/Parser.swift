/// Makes an expression of tokens: top-down operator precedence, as Pratt described it.
///
/// A token that begins a value is read by `prefix`, one that continues a value by `infix`, as long as it binds tighter than
/// the operator before that value.
struct Parser {
    private let tokens: [Lexer.Placed]
    private var index = 0
    private var nesting = 0

    private init(_ tokens: [Lexer.Placed]) { self.tokens = tokens }

    static func parse(_ text: String) throws(JMESPathError) -> Expression {
        var parser = Parser(try Lexer.tokens(of: text))
        if case .end = parser.token { throw parser.error("the expression is empty") }
        let expression = try parser.expression(above: 0)
        guard case .end = parser.token else { throw parser.error("\(parser.token.name) cannot follow here") }
        return expression
    }

    /// The next one; `.end` again and again at the end.
    var token: Token { tokens[index].token }
    var tokenAfterNext: Token { tokens[min(index + 1, tokens.count - 1)].token }

    mutating func advance() { index = min(index + 1, tokens.count - 1) }

    func error(_ reason: String) -> JMESPathError { JMESPathError(.syntax, reason, at: tokens[index].place) }

    func missing(_ what: String) -> JMESPathError { error("\(what) is missing before \(token.name)") }

    /// Throws when the next token is not the one that `isExpected`.
    mutating func take(_ expected: Token) throws(JMESPathError) {
        // Names tell all tokens apart that are expected anywhere.
        guard token.name == expected.name else { throw missing(expected.name) }
        advance()
    }

    /// As much as binds tighter than `power`.
    mutating func expression(above power: Int) throws(JMESPathError) -> Expression {
        if nesting == Limits.expressionDepth { throw tooDeep }
        nesting += 1
        defer { nesting -= 1 }
        var left = try prefix()
        while power < token.bindingPower { left = try infix(left) }
        return left
    }

    func make(_ node: Expression.Node) throws(JMESPathError) -> Expression {
        let expression = Expression(node)
        if expression.depth > Limits.expressionDepth { throw tooDeep }
        if expression.addedDepth > Limits.addedDepth {
            throw error("the result would be nested more than \(Limits.addedDepth) deep; use fewer lists")
        }
        return expression
    }

    private var tooDeep: JMESPathError {
        error("the expression is nested more than \(Limits.expressionDepth) deep; use fewer parentheses and operators")
    }
}
