import Testing

@testable import TerminalUI

/// What `put` leaves on a canvas, as literal rows.
@Suite struct CanvasTextTests {
    private func canvas(_ columns: Int, _ rows: Int = 1) -> Canvas {
        Canvas(size: Size(columns: columns, rows: rows))
    }

    @Test func answersTheCellsTaken() {
        var canvas = canvas(10)
        #expect(canvas.put("loss", x: 0, y: 0) == 4)
        #expect(canvas.put("漢字", x: 4, y: 0) == 4)
        #expect(canvas.put("abcdef", x: 8, y: 0) == 2)
        #expect(canvas.textRows == ["loss漢字ab"])
    }

    @Test(arguments: [
        ("hello_with_children", 8, "hello_w…"), ("exact", 5, "exact"), ("漢字漢字", 8, "漢字漢字"), ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"), ("漢字", 1, "…"), ("ab", 0, ""), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
    func endsWithAnEllipsis(_ text: String, _ width: Int, _ shown: String) {
        var canvas = canvas(12)
        let used = canvas.put(text, x: 0, y: 0, maxWidth: width)
        #expect(canvas.textRows == [shown])
        #expect(used == min(width, TerminalText.width(of: text)))
    }

    @Test func padsWhereAWideCharacterWouldBeSplit() {
        var canvas = canvas(6)
        canvas.put("xxxxxx", x: 0, y: 0)
        canvas.put("漢字", x: 0, y: 0, maxWidth: 3)
        #expect(canvas.textRows == ["漢…xxx"])
        canvas.put("漢字漢", x: 0, y: 0, maxWidth: 4)
        #expect(canvas.textRows == ["漢… xx"])
    }

    @Test func cutsAtTheEdgesOfTheCanvasWithoutAnEllipsis() {
        var canvas = canvas(4, 2)
        canvas.put("abcdef", x: -2, y: 0)
        canvas.put("abcdef", x: 2, y: 1)
        canvas.put("above", x: 0, y: -1)
        canvas.put("below", x: 0, y: 2)
        canvas.put("far", x: 4, y: 0)
        canvas.put("far", x: -3, y: 0)
        canvas.put("far", x: .min, y: 0)
        canvas.put("far", x: .max, y: 0)
        #expect(canvas.textRows == ["cdef", "  ab"])
    }

    @Test func blanksHalvesOfWideCharactersAtTheEdges() {
        var canvas = canvas(4, 2)
        canvas.put("漢字漢", x: -1, y: 0)
        canvas.put("字漢", x: 1, y: 1)
        #expect(canvas.textRows == [" 字", " 字"])
        #expect(canvas[3, 0].glyph == .blank)
        #expect(canvas[3, 1].glyph == .blank)
    }

    @Test func overwritingHalfAWideCharacterBlanksTheOtherHalf() {
        var canvas = canvas(6)
        canvas.put("漢字漢", x: 0, y: 0)
        canvas.put("x", x: 1, y: 0)
        canvas.put("y", x: 4, y: 0)
        #expect(canvas.textRows == [" x字y"])
        canvas.put("é漢", x: 2, y: 0)
        #expect(canvas.textRows == [" xé漢"])
    }

    @Test func fillingHalfAWideCharacterBlanksTheOtherHalf() {
        var canvas = canvas(6)
        canvas.put("漢字漢", x: 0, y: 0)
        canvas.fill(Rect(x: 1, y: 0, width: 4, height: 1), style: .plain.reversed())
        #expect(canvas.textRows == [""])
        #expect(canvas[0, 0] == .blank)
        #expect(canvas[1, 0].style == .plain.reversed())
        #expect(canvas[5, 0] == .blank)
    }

    @Test func alignsRight() {
        var canvas = canvas(10, 2)
        #expect(canvas.putRight("0.231", rightEdge: 8, y: 0) == 5)
        #expect(canvas.putRight("漢字漢字", rightEdge: 10, y: 1, maxWidth: 5) == 5)
        #expect(canvas.textRows == ["   0.231", "     漢字…"])
    }

    @Test func keepsStylesPerCell() {
        var canvas = canvas(6)
        canvas.put("ab", x: 0, y: 0, style: .plain.bold())
        canvas.put("漢", x: 2, y: 0, style: Style(foreground: .red))
        canvas.restyle(Rect(x: 1, y: 0, width: 3, height: 9)) { $0.reversed() }
        let styles = (0..<6).map { canvas[$0, 0].style }
        let red = Style(foreground: .red).reversed()
        #expect(styles == [.plain.bold(), .plain.bold().reversed(), red, red, .plain, .plain])
    }

    @Test func sendsASCIIWhereTheTerminalHasNoMore() {
        var canvas = Canvas(size: Size(columns: 6, rows: 1), glyphs: .ascii)
        canvas.put("explore", x: 0, y: 0, maxWidth: 6)
        #expect(canvas.textRows == ["explo~"])
    }

    @Test func tinyCanvases() {
        for size in [Size(columns: 0, rows: 0), Size(columns: 1, rows: 1), Size(columns: -3, rows: 2)] {
            var canvas = Canvas(size: size)
            canvas.put("漢x", x: 0, y: 0)
            canvas.putRight("x", rightEdge: 5, y: 0)
            canvas.fill(Rect(x: -5, y: -5, width: 50, height: 50), style: .plain.bold())
            #expect(canvas.textRows.allSatisfy { $0.isEmpty || $0 == "x" })
        }
    }

    @Test func aCellStaysSmall() {
        #expect(MemoryLayout<Cell>.stride == 24)
    }
}
