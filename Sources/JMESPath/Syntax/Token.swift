/// What an expression is written in.
enum Token {
    case identifier(String)
    case quotedIdentifier(String)
    case literal(JSONValue)
    case number(Int)
    case dot, star, comma, colon, current
    /// `[]` without white space between.
    case flatten
    /// `[?` without white space between.
    case filter
    case leftBracket, rightBracket, leftParenthesis, rightParenthesis, leftBrace, rightBrace
    case pipe, or, and, not
    /// `&`
    case reference
    case comparison(Comparison)
    case end

    /// How tightly it holds what is on its left; 0 for what cannot follow a value.
    var bindingPower: Int {
        switch self {
        case .pipe: 1
        case .or: 2
        case .and: 3
        case .comparison: 5
        case .flatten: BindingPower.flatten
        case .star: BindingPower.star
        case .filter: BindingPower.filter
        case .dot: BindingPower.dot
        case .not: BindingPower.not
        case .leftBrace: 50
        case .leftBracket: 55
        case .leftParenthesis: 60
        default: 0
        }
    }
}

/// Those that the parser names: how much of what follows an operator belongs to it.
enum BindingPower {
    static let flatten = 9
    /// What binds less ends a projection.
    static let projectionStop = 10
    static let star = 20
    static let filter = 21
    static let dot = 40
    static let not = 45
}

/// `==` and `!=` for any values; the others order numbers, and texts, as jmespath.py does.
enum Comparison {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

extension Token {
    /// As a person who reads an error knows it.
    var name: String {
        switch self {
        case .identifier: "a name"
        case .quotedIdentifier: "a quoted name"
        case .literal: "a literal"
        case .number: "a number"
        case .dot: "'.'"
        case .star: "'*'"
        case .comma: "','"
        case .colon: "':'"
        case .current: "'@'"
        case .flatten: "'[]'"
        case .filter: "'[?'"
        case .leftBracket: "'['"
        case .rightBracket: "']'"
        case .leftParenthesis: "'('"
        case .rightParenthesis: "')'"
        case .leftBrace: "'{'"
        case .rightBrace: "'}'"
        case .pipe: "'|'"
        case .or: "'||'"
        case .and: "'&&'"
        case .not: "'!'"
        case .reference: "'&'"
        case .comparison: "a comparison"
        case .end: "the end of the expression"
        }
    }
}
