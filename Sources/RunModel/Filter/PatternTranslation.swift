/// A pattern as people write it, turned into POSIX extended syntax.
struct PatternTranslation {
    private(set) var text = ""
    private(set) var ignoresCase = false

    /// Bytes as typed, and characters once repetitions are written out, as the C library does: 1000 of those take up to
    /// 14 MB while the filter is in force, and what they take grows with their square.
    private static let maximumLength = 1000
    private static let maximumRepetition = 1000

    init(_ pattern: String) throws(RegularExpression.Problem) {
        guard pattern.utf8.count <= PatternTranslation.maximumLength else {
            throw .init(message: "it is longer than \(PatternTranslation.maximumLength) bytes")
        }
        guard !pattern.utf8.contains(0) else { throw .init(message: "it contains a NUL") }
        var rest = Substring(pattern).unicodeScalars
        if pattern.hasPrefix("(?i)") {
            ignoresCase = true
            rest = rest.dropFirst(4)
        }
        var size = PatternSize()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\":
                size.append(1)
                try appendEscape(rest.popFirst())
            case "[":
                size.append(1)
                try appendBracket(&rest)
            case "(" where rest.first == "?":
                rest.removeFirst()
                guard rest.popFirst() == ":" else {
                    throw .init(message: "of the groups that start with “(?” only “(?:” and a leading “(?i)” are known")
                }
                size.openGroup()
                text += "("
            case "{":
                size.repeatLast(PatternTranslation.largestBound(rest))
                guard size.repetition <= PatternTranslation.maximumRepetition else {
                    throw .init(message: "it repeats more than \(PatternTranslation.maximumRepetition) times")
                }
                text += "{"
                // The bounds are no part that another repetition could repeat. What else follows is an error of its own.
                let bounds = rest.prefix { ("0"..."9").contains($0) || $0 == "," }
                if rest.dropFirst(bounds.count).first == "}" {
                    text += String(bounds) + "}"
                    rest = rest.dropFirst(bounds.count + 1)
                }
            default:
                switch scalar {
                case "(": size.openGroup()
                case ")": size.closeGroup()
                case "+": size.doubleLast()
                case "*", "?": break
                default: size.append(scalar.utf8.count)
                }
                text.unicodeScalars.append(scalar)
            }
            guard size.total <= PatternTranslation.maximumLength else { throw PatternTranslation.tooLarge }
        }
    }

    private static let tooLarge = RegularExpression.Problem(
        message: "with its repetitions written out it is longer than \(maximumLength) characters; "
            + "repeat less, or something shorter")

    private mutating func appendEscape(_ escaped: Unicode.Scalar?) throws(RegularExpression.Problem) {
        switch escaped {
        case nil: throw .init(message: "there is nothing after the last “\\”")
        case "d": text += "[0-9]"
        case "D": text += "[^0-9]"
        case "t": text += "\t"
        case "n": text += "\n"
        case "1", "2", "3", "4", "5", "6", "7", "8", "9": throw .init(message: "back-references are not known")
        case .some(let escaped):
            text += "\\"
            text.unicodeScalars.append(escaped)
        }
    }

    /// The rest of a bracket expression. POSIX has no escapes in it: a class is spelled out, and a character that means
    /// something there goes where it does not, `]` first and `-` last.
    private mutating func appendBracket(_ rest: inout Substring.UnicodeScalarView) throws(RegularExpression.Problem) {
        var lead = "["
        var body = ""
        var tail = ""
        if rest.first == "^" {
            rest.removeFirst()
            lead += "^"
        }
        if rest.first == "]" {
            rest.removeFirst()
            lead += "]"
        }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "]":
                text += lead + body + tail + "]"
                return
            case "[" where rest.first == ":" || rest.first == "." || rest.first == "=":
                body += "["
                let mark = rest.removeFirst()
                body.unicodeScalars.append(mark)
                while let inner = rest.popFirst() {
                    body.unicodeScalars.append(inner)
                    if inner == mark, rest.first == "]" {
                        rest.removeFirst()
                        body += "]"
                        break
                    }
                }
            case "\\":
                switch rest.popFirst() {
                case nil: throw .init(message: "there is nothing after the last “\\”")
                case "d": body += "0-9"
                case "w": body += "[:alnum:]_"
                case "s": body += "[:space:]"
                case "t": body += "\t"
                case "n": body += "\n"
                case "]": if !lead.hasSuffix("]") { lead += "]" }
                case "-": tail = "-"
                case "^": body += "[.^.]"  // as it is, it would negate when it comes first
                case .some(let escaped):
                    guard !escaped.properties.isAlphabetic else {
                        throw .init(message: "“\\\(escaped)” is not known between “[” and “]”")
                    }
                    body.unicodeScalars.append(escaped)
                }
            default: body.unicodeScalars.append(scalar)
            }
        }
        throw .init(message: "there is no “]” for a “[”")
    }

    /// How often `m,n}` repeats at most; `m,}` is `m` times and then any number of times, which takes one more.
    private static func largestBound(_ rest: Substring.UnicodeScalarView) -> Int {
        let inside = String(rest.prefix { $0 != "}" })
        let bounds = inside.split(separator: ",").map { Int($0) ?? .max }
        return min(bounds.max() ?? 1, maximumRepetition + 1) + (inside.hasSuffix(",") ? 1 : 0)
    }
}
