import TerminalUI
import Testing

@Suite struct CanvasChangesTests {
    private func canvas(_ text: String) -> Canvas {
        var canvas = Canvas(size: Size(columns: 8, rows: 1))
        canvas.put(text, x: 0, y: 0)
        return canvas
    }

    @Test(
        arguments: [
            ("abcdef", "abcdef", nil), ("abcdef", "abXdef", 2..<3), ("abcdef", "XbcdeX", 0..<6), ("漢字x", "漢語x", 2..<4),
            ("漢x", "  x", 0..<2), ("", "a", 0..<1),
        ] as [(String, String, Range<Int>?)])
    func spansWhatDiffers(_ earlier: String, _ later: String, _ changed: Range<Int>?) {
        #expect(canvas(later).changedColumns(row: 0, since: canvas(earlier)) == changed)
    }

    @Test func takesAWideCharacterWhole() {
        let plain = canvas("漢x")
        var restyled = plain
        restyled.restyle(Rect(x: 1, y: 0, width: 1, height: 1)) { $0.reversed() }
        #expect(restyled.changedColumns(row: 0, since: plain) == 0..<2)
    }
}
