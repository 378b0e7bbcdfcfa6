/// The word of an unfinished filter that the cursor is in or at the end of.
struct FilterWord {
    enum Role: Equatable {
        /// A key or a word to search for.
        case term
        /// What `key` is compared with.
        case value(FilterKey)
        case none
    }

    private(set) var role = Role.term
    /// The word as far as the cursor.
    private(set) var typed = ""
    private(set) var whole = ""
    /// In Characters of the text.
    private(set) var range: Range<Int>

    init(in text: String, at cursor: Int) {
        let characters = Array(text)
        let cursor = max(0, min(cursor, characters.count))
        range = cursor..<cursor
        var words = FilterWordReader(characters)
        var key: FilterKey?
        var isAfterComparator = false
        var isInList = false
        while let word = words.next(), word.range.lowerBound <= cursor {
            if word.range.upperBound >= cursor, word.kind == .word {
                // A minus before a word belongs to the filter, not to the word.
                let isNegated = !isAfterComparator && characters[word.range.lowerBound] == "-"
                let start = word.range.lowerBound + (isNegated ? 1 : 0)
                guard start <= cursor else { break }
                range = start..<word.range.upperBound
                typed = String(characters[start..<cursor])
                whole = String(characters[range])
                break
            }
            let content = String(characters[word.range])
            switch (word.kind, content.lowercased()) {
            case (.comparator, _): isAfterComparator = true
            case (.open, _) where isAfterComparator: isInList = true
            case (.open, _), (.close, _):
                isInList = false
                isAfterComparator = false
            case (.comma, _): isAfterComparator = isInList
            case (.word, "like"), (.word, "ilike"), (.word, "in"): isAfterComparator = key != nil
            case (.word, "not") where key != nil: break
            case (.word, _):
                key = isAfterComparator ? (isInList ? key : nil) : FilterWord.key(content)
                isAfterComparator = false
            }
        }
        if isAfterComparator { role = key.map(Role.value) ?? .none }
    }

    private static func key(_ word: String) -> FilterKey? {
        let word = word.hasPrefix("-") ? String(word.dropFirst()) : word
        guard let dot = word.firstIndex(of: ".") else {
            let name = unquoted(word).lowercased()
            return FilterKey.attributes[name] ?? FilterKey.families[name]?.whole
        }
        return FilterKey.families[word[..<dot].lowercased()]?.key(unquoted(String(word[word.index(after: dot)...])))
    }

    /// `word` without the quotes around its last part, closed or not.
    static func unquoted(_ word: String) -> String {
        let marks: [Character] = ["'", "\"", "`"]
        guard let open = word.firstIndex(where: { marks.contains($0) }) else { return word }
        let rest = word[word.index(after: open)...]
        return String(word[..<open] + (rest.last == word[open] ? rest.dropLast() : rest))
    }

    /// `value` as it is written after a comparator: bare where that is read back whole.
    static func spelling(ofValue value: String) -> String {
        FilterKey.spelling(of: value) == value && !["and", "or", "not"].contains(value.lowercased())
            ? value : quoted(value)
    }
}
