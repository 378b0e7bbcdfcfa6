import RunModel

/// Columns as they are typed after `:columns`, quoted as in the filter language.
enum ColumnWords {
    /// Words between blanks or commas; quotes and backticks hold a name with blanks together, and what begins with one is
    /// a metric's name whatever it says. `min loss` is one column. Nil where a quote is not closed.
    static func parse(_ text: String) -> [(column: ListColumn, isTakenAway: Bool)]? {
        guard let words = split(text) else { return nil }
        var columns: [(column: ListColumn, isTakenAway: Bool)] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if !word.isQuoted, let extent = ListColumn.Extent(rawValue: word.text), let key = rest.popFirst() {
                columns.append((.metric(ExactText(key.text), extent), false))
            } else if word.isQuoted {
                columns.append((.metric(word.text), false))
            } else {
                let column = ListColumn(String(word.text.dropFirst()))
                let isTakenAway = word.text.hasPrefix("-") && ColumnChoice.standard.columns.contains(column)
                columns.append(isTakenAway ? (column, true) : (ListColumn(word.text), false))
            }
        }
        return columns
    }

    /// A column as it is typed.
    static func typed(_ column: ListColumn) -> String {
        let text = column.text
        guard text.contains(where: { " ,\"`".contains($0) }) else { return text }
        let mark = text.contains("\"") ? "`" : "\""
        for lead in ["min ", "max ", "last ", "params.", "tags.", "properties.", "metrics."] where text.hasPrefix(lead)
        {
            let key = text.dropFirst(lead.count)
            let isPlain = !key.contains { " ,\"`".contains($0) }
            return lead + (isPlain ? String(key) : mark + key + mark)
        }
        return mark + text + mark
    }

    private struct Word {
        var text = ""
        var isQuoted = false
    }

    private static func split(_ text: String) -> [Word]? {
        var words: [Word] = []
        var word: Word?
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word?.text.append(character) }
            } else if character == "\"" || character == "`" {
                quote = character
                word = word ?? Word(isQuoted: true)
            } else if character == " " || character == "," {
                if let finished = word, !finished.text.isEmpty { words.append(finished) }
                word = nil
            } else {
                word = word ?? Word()
                word?.text.append(character)
            }
        }
        if let finished = word, !finished.text.isEmpty { words.append(finished) }
        return quote == nil ? words : nil
    }
}
