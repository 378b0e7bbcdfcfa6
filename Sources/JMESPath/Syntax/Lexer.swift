/// Cuts an expression into tokens.
struct Lexer {
    /// A token, and how many scalars come before it.
    struct Placed {
        let token: Token
        let place: Int
    }

    let scalars: [Unicode.Scalar]
    var position = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// Ends in `.end`.
    static func tokens(of text: String) throws(JMESPathError) -> [Placed] {
        if text.utf8.count > Limits.expressionBytes {
            throw JMESPathError(.syntax, "the expression is longer than \(Limits.expressionBytes) bytes", at: 0)
        }
        var lexer = Lexer(text)
        var tokens: [Placed] = []
        while true {
            lexer.skipWhitespace()
            let place = lexer.position
            guard lexer.next != nil else {
                return tokens + [Placed(token: .end, place: place)]
            }
            tokens.append(Placed(token: try lexer.token(), place: place))
        }
    }

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let scalar = next, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { position += 1 }
    }

    private mutating func token() throws(JMESPathError) -> Token {
        let start = position
        guard let first = next else { return .end }
        if Self.beginsName(first) { return .identifier(name()) }
        if first == "-" || Self.isDigit(first) { return .number(try number()) }
        position += 1
        switch first {
        case ".": return .dot
        case "*": return .star
        case ",": return .comma
        case ":": return .colon
        case "@": return .current
        case "(": return .leftParenthesis
        case ")": return .rightParenthesis
        case "{": return .leftBrace
        case "}": return .rightBrace
        case "]": return .rightBracket
        case "[": return take("]") ? .flatten : take("?") ? .filter : .leftBracket
        case "|": return take("|") ? .or : .pipe
        case "&": return take("&") ? .and : .reference
        case "!": return take("=") ? .comparison(.notEqual) : .not
        case "<": return .comparison(take("=") ? .lessOrEqual : .less)
        case ">": return .comparison(take("=") ? .greaterOrEqual : .greater)
        case "=":
            if take("=") { return .comparison(.equal) }
            throw JMESPathError(.syntax, "values are compared with '==', and '=' means nothing", at: start)
        case "\"": return .quotedIdentifier(try quotedIdentifier(from: start))
        case "'": return .literal(.string(try rawString(from: start)))
        case "`": return .literal(try literal(from: start))
        default:
            throw JMESPathError(
                .syntax, "a character that is no part of the language; a name with it needs double quotes", at: start)
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
    }

    private mutating func name() -> String {
        var name = String.UnicodeScalarView()
        while let scalar = next, Self.beginsName(scalar) || Self.isDigit(scalar) {
            name.append(scalar)
            position += 1
        }
        return String(name)
    }

    /// Indices and slices are all that numbers are for, and no array has so many elements: larger ones are cut to `bound`,
    /// which leaves room to add.
    private mutating func number() throws(JMESPathError) -> Int {
        let bound = 1 << 59
        let start = position
        let isNegative = take("-")
        var (value, count) = (0, 0)
        while let scalar = next, Self.isDigit(scalar) {
            value = min(bound, value * 10 + Int(scalar.value - 0x30))
            position += 1
            count += 1
        }
        if count == 0 { throw JMESPathError(.syntax, "digits are missing after '-'", at: start) }
        return isNegative ? -value : value
    }
}
