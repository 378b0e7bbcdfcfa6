import Testing

@testable import DashboardCore

@Suite struct LogWindowTests {
    private func window(_ text: String, start: Int64 = 0) -> LogWindow {
        LogWindow(start: start, bytes: Array(text.utf8))
    }

    private func lines(_ window: LogWindow) -> [String] { (0..<window.lineCount).map { window.text(ofLine: $0) } }

    @Test(
        arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]),
            ("a\r\nb\r\n", ["a", "b"]),
            ("10%\r50%\r100%\ndone", ["100%", "done"]), ("10%\r50%\r", ["50%"]), ("a\r\r\nb", ["a", "b"]),
            ("\tx\ty", ["        x       y"]), ("\u{1B}[1;31mred\u{1B}[0m", ["red"]), ("日本\n語", ["日本", "語"]),
        ] as [(String, [String])]) func linesAsTheyEndedUp(text: String, expected: [String])
    {
        #expect(lines(window(text)) == expected)
    }

    @Test(arguments: ["\u{1B}[5;7Hx\u{8}y", "\u{1B}Pq", "\u{1B}[2J", "\u{7}"])
    func otherControlsStayToBeMadeVisible(text: String) {
        #expect(lines(window(text)) == [text])
    }

    /// Whatever the pieces, the lines are those of the whole: partial lines, CR LF and characters cut in two included.
    @Test(arguments: 0..<30) func piecesMakeTheWhole(seed: Int) {
        var random = SeededGenerator(seed)
        let parts = ["a", "日本", "\n", "\r\n", "é", "👩‍👩‍👧", "50%\r", "word ", "\n\n", "x"]
        let text = (0..<200).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        let whole = window(text)
        let bytes = Array(text.utf8)
        var appended = LogWindow()
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...9, using: &random))
            appended.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        #expect(lines(appended) == lines(whole))
        #expect(appended.end == Int64(bytes.count))

        let cut = bytes.count / 2
        var prepended = LogWindow(start: Int64(cut), bytes: Array(bytes[cut...]))
        var before = bytes[..<cut]
        while !before.isEmpty {
            let count = min(before.count, Int.random(in: 1...9, using: &random))
            prepended.prepend(Array(before.suffix(count)))
            before = before.dropLast(count)
        }
        #expect(prepended == whole)
        for line in 0..<whole.lineCount {
            #expect(whole.line(at: whole.offset(ofLine: line)) == line)
        }
    }

    @Test func aWindowInsideALogBeginsWithAWholeLine() {
        let inside = window("st of a line\nfirst\nsecond\n", start: 1_000)
        #expect(lines(inside) == ["first", "second"])
        #expect(inside.start == 1_000)
        #expect(lines(window("no end in sight", start: 1_000)) == ["no end in sight"])
    }

    @Test func trimmingKeepsWholeLinesAndTheirPlaces() {
        var window = LogWindow()
        var number = 0
        var written: [Int64: String] = [:]
        while window.start == 0 || number % 1_000 != 0 {
            let line = "line \(number)"
            written[window.end] = line
            window.append(Array((line + "\n").utf8))
            number += 1
            #expect(window.end - window.start <= Int64(LogWindow.capacity))
        }
        #expect(window.offset(ofLine: 0) == window.start, "the first line is a whole one, and is shown")
        for line in [0, 1, window.lineCount / 2, window.lineCount - 1] {
            #expect(window.text(ofLine: line) == written[window.offset(ofLine: line)])
        }
    }

    @Test func prependingBeyondTheCapacityDropsTheEnd() {
        let line = Array((String(repeating: "x", count: 99) + "\n").utf8)
        let piece = Array(repeatElement(line, count: 1_000).joined())
        var window = LogWindow(start: 10_000_000, bytes: piece)
        for _ in 0..<30 {
            let start = window.start
            window.prepend(piece)
            #expect(window.start == start - Int64(piece.count))
            #expect(window.end - window.start <= Int64(LogWindow.capacity))
        }
        #expect(window.end < 10_000_000)
    }

    /// A thousand million bytes go by; the window stays a window.
    @Test func aLongLogTakesNoMoreMemoryThanAShortOne() {
        let line = Array("2026-03-01 09:00:00 step 12345 loss 0.1234 accuracy 0.5678 lr 0.001 and so on\n".utf8)
        let piece = Array(repeatElement(line, count: 128 * 1_024 / line.count).joined())
        var window = LogWindow()
        while window.end < 1_000_000_000 { window.append(piece) }
        #expect(window.held <= LogWindow.capacity)
        #expect(window.rows.capacity * MemoryLayout<LogRow>.stride <= 4 * LogWindow.capacity)
        #expect(window.lineCount <= LogWindow.capacity / line.count + 1)
        #expect(window.text(ofLine: window.lineCount - 1).utf8.count == line.count - 1)
    }

    @Test func aLineWithoutEndIsBoundedToo() {
        var window = LogWindow()
        let piece = [UInt8](repeating: 0x78, count: 128 << 10)
        for _ in 0..<100 { window.append(piece) }
        #expect(window.held <= LogWindow.capacity)
        #expect(window.lineCount > LogWindow.capacity / LogWindow.longestRow / 2)
        for line in 0..<window.lineCount { #expect(window.text(ofLine: line).utf8.count <= LogWindow.longestRow) }
        while window.start > 0 { window.prepend(Array(piece.prefix(Int(window.start)))) }
        #expect(window.held <= LogWindow.capacity)
        #expect(window.text(ofLine: 0).utf8.count == LogWindow.longestRow)
    }
}
