/// A one-line editor with the keys of readline. History, completion, enter and escape are the caller's.
package struct LineInput: Equatable, Sendable {
    /// What has been typed, unsanitized.
    package var text: String {
        didSet { cursor = min(cursor, text.count) }
    }
    /// How many characters are left of the cursor, 0 to `text.count`.
    package var cursor: Int {
        didSet { cursor = min(max(0, cursor), text.count) }
    }

    /// Bytes of what the last key would have inserted for which there was no room.
    package private(set) var lost = 0

    /// The cursor goes to the end of `text`.
    package init(text: String = "") {
        self.text = text
        cursor = text.count
    }

    /// The text left of the cursor, which is what a completion looks at.
    package var beforeCursor: Substring { text.prefix(cursor) }
    /// The text right of the cursor.
    package var afterCursor: Substring { text.dropFirst(cursor) }

    /// Edits the text or moves the cursor.
    /// - Returns: whether the key means something here; moving at the end of the line does, though nothing changes.
    package mutating func handle(_ key: Key) -> Bool {
        lost = 0
        switch key {
        case .character(let character): insert(String(character))
        case .paste(let pasted): insert(Self.flattened(pasted))
        case .left, .control("b"): cursor -= 1
        case .right, .control("f"): cursor += 1
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .alt("b"), .shiftLeft: cursor = wordStart()
        case .alt("f"), .shiftRight: cursor = wordEnd()
        case .backspace, .control("h"): remove(cursor - 1..<cursor)
        case .delete, .control("d"): remove(cursor..<cursor + 1)
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<text.count)
        case .control("w"): remove(blankDelimitedWordStart()..<cursor)
        case .alt("\u{7F}"): remove(wordStart()..<cursor)
        case .alt("d"): remove(cursor..<wordEnd())
        default: return false
        }
        return true
    }

    /// Bytes of text that can be typed or pasted: four times the longest value that MLflow keeps, and little enough that a
    /// key is answered at once. A text that was longer to begin with stays whole.
    package static let limit = 32_768

    /// As much of `inserted` as there is room for; nothing of a character that does not fit.
    private mutating func insert(_ inserted: String) {
        var room = Self.limit - text.utf8.count
        let taken = inserted.prefix { character in
            room -= character.utf8.count
            return room >= 0
        }
        lost = inserted.utf8.count - taken.utf8.count
        let before = beforeCursor + taken
        let after = afterCursor
        // Counted after joining: a combining mark makes no new character.
        let position = before.count
        text = String(before + after)
        cursor = position
    }

    private mutating func remove(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<text.count)
        guard !range.isEmpty else { return }
        let start = text.index(text.startIndex, offsetBy: range.lowerBound)
        let end = text.index(start, offsetBy: range.count)
        text.removeSubrange(start..<end)
        cursor = range.lowerBound
    }

    /// One line: line breaks and tabs become blanks, those at the ends go away.
    private static func flattened(_ pasted: String) -> String {
        pasted.split(whereSeparator: \.isNewline).map { String($0.map { $0 == "\t" ? " " : $0 }) }
            .joined(separator: " ")
    }
}
