/// Splits an unfinished filter at white space, comparators, parentheses and commas outside quotes.
struct FilterWordReader {
    enum Kind {
        case word
        case comparator
        case open
        case close
        case comma
    }

    private let characters: [Character]
    private var position = 0

    init(_ characters: [Character]) { self.characters = characters }

    mutating func next() -> (kind: Kind, range: Range<Int>)? {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        guard position < characters.count else { return nil }
        let start = position
        let kind = FilterWordReader.kind(of: characters[start])
        position += 1
        switch kind {
        case .open, .close, .comma: break
        case .comparator:
            while position < characters.count, FilterWordReader.kind(of: characters[position]) == .comparator {
                position += 1
            }
        case .word:
            position = start
            takeWord()
        }
        return (kind, start..<position)
    }

    private mutating func takeWord() {
        let start = position
        var quote: Character?
        while position < characters.count {
            let character = characters[position]
            if let open = quote {
                if character == open { quote = nil }
            } else if "'\"`".contains(character), position == start || characters[position - 1] == "." {
                quote = character
            } else if character.isWhitespace || FilterWordReader.kind(of: character) != .word {
                return
            }
            position += 1
        }
    }

    private static func kind(of character: Character) -> Kind {
        switch character {
        case "=", "!", "<", ">", ":", "~": .comparator
        case "(": .open
        case ")": .close
        case ",": .comma
        default: .word
        }
    }
}
