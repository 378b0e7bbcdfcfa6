/// A part of a search: a word with the quotes in it, a text in single quotes, a number, a comparator, a list, or else.
struct MLflowSearchToken: Equatable {
    enum Kind {
        case word, text, number, comparator, list, semicolon, other
    }

    let kind: Kind
    /// As it was written.
    let raw: String

    /// Whether it is one of SQL's words, in any letter case.
    func isWord(_ word: String) -> Bool { kind == .word && raw.uppercased() == word }

    /// Whether it can be the name of something: a word that is none of SQL's.
    var isName: Bool { kind == .word && !["AND", "OR", "NOT", "IN", "IS", "LIKE", "ILIKE"].contains(raw.uppercased()) }

    /// All parts of a text, white space left out.
    static func all(in text: String) -> [MLflowSearchToken] {
        let scalars = Array(text.unicodeScalars)
        var tokens: [MLflowSearchToken] = []
        var index = 0
        while index < scalars.count {
            if scalars[index].properties.isWhitespace {
                index += 1
                continue
            }
            let start = index
            let kind = take(scalars, &index)
            var raw = String.UnicodeScalarView()
            raw.append(contentsOf: scalars[start..<index])
            tokens.append(MLflowSearchToken(kind: kind, raw: String(raw)))
        }
        return tokens
    }

    private static func take(_ scalars: [Unicode.Scalar], _ index: inout Int) -> Kind {
        let first = scalars[index]
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        if first == "'" {
            skipQuoted(scalars, &index)
            return .text
        }
        if isDigit(first) || (first == "-" || first == ".") && (isDigit(next) || next == ".") {
            return number(scalars, &index)
        }
        if "=<>!~".unicodeScalars.contains(first) {
            while index < scalars.count, "=<>!~".unicodeScalars.contains(scalars[index]) { index += 1 }
            return .comparator
        }
        if first == "(" {
            skipList(scalars, &index)
            return .list
        }
        if isWordPart(first) || isQuote(first) {
            while index < scalars.count {
                if isQuote(scalars[index]) {
                    skipQuoted(scalars, &index)
                } else if isWordPart(scalars[index]) {
                    index += 1
                } else {
                    break
                }
            }
            return .word
        }
        index += 1
        return first == ";" ? .semicolon : .other
    }

    private static func number(_ scalars: [Unicode.Scalar], _ index: inout Int) -> Kind {
        let start = index
        index += 1
        while index < scalars.count, isWordPart(scalars[index]) || "+-".unicodeScalars.contains(scalars[index]) {
            let isSign = scalars[index] == "+" || scalars[index] == "-"
            if isSign, scalars[index - 1] != "e", scalars[index - 1] != "E" { break }
            index += 1
        }
        var raw = String.UnicodeScalarView()
        raw.append(contentsOf: scalars[start..<index])
        // Swift reads hexadecimal numbers too.
        return Double(String(raw)) == nil || raw.contains("x") || raw.contains("X") ? .other : .number
    }

    /// To the same mark again, or to the end. A mark that is doubled, or has a backslash before it, is a part of the text,
    /// unless no other one ends it.
    private static func skipQuoted(_ scalars: [Unicode.Scalar], _ index: inout Int) {
        let mark = scalars[index]
        index += 1
        var candidate: Int?
        while index < scalars.count {
            let isBackslash = scalars[index] == "\\" && mark != "`"
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if isBackslash, next == mark || next == "\\" {
                if next == mark { candidate = index + 1 }
                index += 2
            } else if scalars[index] == mark, next == mark {
                candidate = index
                index += 2
            } else if scalars[index] == mark {
                index += 1
                return
            } else {
                index += 1
            }
        }
        index = candidate.map { $0 + 1 } ?? scalars.count
    }

    private static func skipList(_ scalars: [Unicode.Scalar], _ index: inout Int) {
        var depth = 0
        while index < scalars.count {
            switch scalars[index] {
            case "'", "\"", "`":
                skipQuoted(scalars, &index)
                continue
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { return }
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool { scalar == "\"" || scalar == "`" }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "." || scalar == "$" || scalar.properties.isAlphabetic
            || scalar.properties.numericType != nil
    }
}
