extension LineInput {
    /// Where the word at or left of the cursor starts; words are letters and digits, as in readline's `backward-word`.
    func wordStart() -> Int {
        let characters = Array(beforeCursor)
        var index = characters.count
        while index > 0, !Self.isWord(characters[index - 1]) { index -= 1 }
        while index > 0, Self.isWord(characters[index - 1]) { index -= 1 }
        return index
    }

    /// Where the word at or right of the cursor ends.
    func wordEnd() -> Int {
        let characters = Array(text)
        var index = cursor
        while index < characters.count, !Self.isWord(characters[index]) { index += 1 }
        while index < characters.count, Self.isWord(characters[index]) { index += 1 }
        return index
    }

    /// What ctrl-w erases: back to a blank, so that `tags.quality=good` goes at once.
    func blankDelimitedWordStart() -> Int {
        let characters = Array(beforeCursor)
        var index = characters.count
        while index > 0, characters[index - 1].isWhitespace { index -= 1 }
        while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
        return index
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }
}
