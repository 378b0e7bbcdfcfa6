import TerminalUI
import Testing

@Suite struct LineInputTests {
    /// The line with a bar at the cursor, after some keys.
    private func typed(_ keys: [Key], in line: LineInput = LineInput()) -> String {
        var line = line
        for key in keys {
            let isHandled = line.handle(key)
            #expect(isHandled, "\(key)")
        }
        return line.beforeCursor + "|" + line.afterCursor
    }

    private func line(_ text: String, cursor: Int) -> LineInput {
        var line = LineInput(text: text)
        line.cursor = cursor
        return line
    }

    @Test func inserts() {
        #expect(typed([.character("a"), .character("c"), .left, .character("b")]) == "ab|c")
        #expect(typed([.character("e"), .character("\u{301}"), .character("x")]) == "e\u{301}x|")
    }

    @Test(
        arguments: [
            (.control("a"), "|run name.x"), (.home, "|run name.x"), (.control("e"), "run name.x|"),
            (.end, "run name.x|"),
            (.left, "run na|me.x"), (.right, "run name|.x"), (.control("b"), "run na|me.x"),
            (.control("f"), "run name|.x"),
            (.alt("b"), "run |name.x"), (.alt("f"), "run name|.x"), (.backspace, "run na|e.x"), (.delete, "run nam|.x"),
            (.control("d"), "run nam|.x"), (.control("u"), "|e.x"), (.control("k"), "run nam|"),
            (.control("w"), "run |e.x"), (.alt("d"), "run nam|.x"), (.alt("\u{7F}"), "run |e.x"),
        ] as [(Key, String)])
    func edits(_ key: Key, _ result: String) {
        #expect(typed([key], in: line("run name.x", cursor: 7)) == result)
    }

    @Test func erasesWordsUpToABlank() {
        #expect(typed([.control("w")], in: LineInput(text: "status:running tags.quality=good  ")) == "status:running |")
    }

    @Test func staysWithinTheLine() {
        #expect(typed([.left, .backspace, .right, .right, .delete, .control("w"), .alt("b"), .alt("f")]) == "|")
    }

    @Test func pasteBecomesOneLine() {
        #expect(typed([.paste("one\ntwo\r\nthree\tfour\n")]) == "one two three four|")
    }

    @Test func aPasteOfAnyLengthIsBounded() {
        var line = LineInput()
        // Twice what was once too slow to draw, and each character has marks of its own.
        let isHandled = line.handle(.paste(String(repeating: "e\u{301}\u{302} ", count: 100_000)))
        #expect(isHandled)
        #expect(line.text.utf8.count <= LineInput.limit && line.text.utf8.count > LineInput.limit - 6)
        #expect(line.cursor == line.text.count)
        #expect(line.lost == 600_000 - line.text.utf8.count, "what is left out is counted")
        let full = line.text
        _ = line.handle(.character("漢"))
        #expect(line.lost == 3)
        #expect(line.text == full, "there is no room for a part of a character")
        _ = line.handle(.backspace)
        _ = line.handle(.backspace)
        _ = line.handle(.character("x"))
        #expect(line.text.last == "x" && line.lost == 0)
        // What was longer to begin with stays whole, and can be made shorter.
        var long = LineInput(text: String(repeating: "a", count: 50_000))
        _ = long.handle(.character("b"))
        #expect(long.text.count == 50_000 && !long.text.contains("b"))
        _ = long.handle(.control("u"))
        #expect(long.text.isEmpty)
    }

    /// Drawing that looks at the whole text for each character that does not fit takes an hour here.
    @Test func aLongLineIsDrawnFromWhereItShows() {
        var canvas = Canvas(size: Size(columns: 40, rows: 1))
        var line = LineInput(text: String(repeating: "漢 ab", count: 20_000))
        line.draw(into: &canvas, x: 0, y: 0, width: 40)
        #expect(canvas.rowText(0).hasPrefix(" ab漢 ab") && canvas.cursor?.x == 38)
        line.cursor = 0
        line.draw(into: &canvas, x: 0, y: 0, width: 40)
        #expect(canvas.rowText(0).hasPrefix("漢 ab漢 ab") && canvas.cursor?.x == 0)
    }

    @Test func leavesOtherKeysToTheCaller() {
        var line = LineInput(text: "x")
        for key in [Key.enter, .escape, .up, .down, .tab, .control("c"), .function(1), .pageUp] {
            let isHandled = line.handle(key)
            #expect(!isHandled, "\(key)")
        }
        #expect(line == LineInput(text: "x"))
    }

    @Test(arguments: [
        ("abc", 3, 10, "abc", 3), ("abcdefgh", 8, 5, "efgh", 4), ("abcdefgh", 0, 5, "abcde", 0),
        ("abcdefgh", 6, 5, "cdefg", 4),
        ("漢字漢字", 4, 6, "漢字", 4), ("a\u{1B}b", 3, 5, "a␛b", 3), ("abc", 3, 1, "", 0),
    ])
    func showsThePartAroundTheCursor(_ text: String, _ cursor: Int, _ width: Int, _ shown: String, _ column: Int) {
        var canvas = Canvas(size: Size(columns: 14, rows: 1))
        canvas.put("..............", x: 0, y: 0)
        line(text, cursor: cursor).draw(into: &canvas, x: 2, y: 0, width: width)
        #expect(
            canvas.textRows == [
                ".." + TerminalText.fitted(shown, to: width) + String(repeating: ".", count: 12 - width)
            ])
        #expect(canvas.cursor == Position(x: 2 + column, y: 0))
    }
}
