import Testing

@testable import DashboardCore

/// Progress bars and other redraws, as a terminal would have left them.
@Suite struct LogRedrawTests {
    private static func window(_ text: String, start: Int64 = 0) -> LogWindow {
        LogWindow(start: start, bytes: Array(text.utf8))
    }

    private static func lines(_ window: LogWindow) -> [String] {
        (0..<window.lineCount).map { window.text(ofLine: $0) }
    }

    @Test(
        arguments: [
            // tqdm with two bars: each update goes down to its bar, draws, and comes back.
            ("a 1%\n\rb 1%\u{1B}[A\ra 2%\n\rb 2%\u{1B}[A\n\n", ["a 2%", "b 2%"]),
            // rich: clears each line on the way up.
            ("one\ntwo\n\u{1B}[1A\u{1B}[2K\u{1B}[1A\u{1B}[2Kone!\ntwo!\n", ["one!", "two!"]),
            // docker pull: up to the layer's line, and down again.
            (
                "x: Waiting\ny: Waiting\n\u{1B}[2A\u{1B}[2K\rx: Done\r\u{1B}[2B\u{1B}[1A\u{1B}[2K\ry: Done\r\u{1B}[1B",
                ["x: Done", "y: Done"]
            ),
            ("10%\r\u{1B}[Kdone\n", ["done"]), ("10%\u{1B}[1Gdone\n", ["done"]),
            ("a\nb\nc\n\u{1B}[3A\u{1B}[Jz\n", ["z"]),
            ("\u{1B}]0;title\u{7}x", ["x"]), ("\u{1B}]2;title\u{1B}\\x", ["x"]),
            ("see \u{1B}]8;;https://example.org/a\u{1B}\\the page\u{1B}]8;;\u{1B}\\ now", ["see the page now"]),
            ("\u{1B}[?25l\u{1B}(B\u{1B}[mx\u{1B}[?25h", ["x"]), ("a\u{1B}[A\u{1B}[Ab\n", ["b"]),
        ] as [(String, [String])])
    func linesAsATerminalLeavesThem(text: String, expected: [String]) {
        #expect(Self.lines(Self.window(text)) == expected)
        var byByte = LogWindow()
        for byte in text.utf8 { byByte.append([byte]) }
        #expect(Self.lines(byByte) == expected, "whatever the pieces")
        #expect(byByte.end == Int64(text.utf8.count))
    }

    @Test(arguments: 0..<40) func redrawsReadBackwardsInPiecesAreThoseOfTheWhole(seed: Int) {
        var random = SeededGenerator(seed)
        let parts = ["1%", "\r", "2%\r", "\n", "line\n", "\r\n", "é", "word "]
        let text = (0..<120).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        let bytes = Array(text.utf8)
        let whole = LogWindow(start: 0, bytes: bytes)
        var rest = bytes[...]
        var window = LogWindow()
        window.start = Int64(bytes.count)
        window.end = window.start
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...7, using: &random))
            window.prepend(Array(rest.suffix(count)))
            rest = rest.dropLast(count)
        }
        #expect(Self.lines(window) == Self.lines(whole), "\(text.debugDescription)")
    }

    /// Frames of several bars, read backwards: the frames before are those that the ones behind replaced.
    @Test func framesReadBackwardsCollapse() {
        let frames = (1...500).map { number in
            "\u{1B}[2K\rbar a \(number)\n\u{1B}[2K\rbar b \(number)\n\u{1B}[2A"
        }.joined()
        let bytes = Array(("start\n" + frames + "\u{1B}[2B").utf8)
        var window = LogWindow(start: Int64(bytes.count - 300), bytes: Array(bytes.suffix(300)))
        var rest = bytes.dropLast(300)
        while !rest.isEmpty {
            window.prepend(Array(rest.suffix(1_000)))
            rest = rest.dropLast(1_000)
        }
        #expect(Self.lines(window) == ["start", "bar a 500", "bar b 500"])
    }

    @Test func redrawsTakeNoRoom() {
        var window = LogWindow()
        window.append(Array("before\n".utf8))
        let bar = Array("\r 50%|#####     | 5000/10000 [00:10<00:10, 500it/s]".utf8)
        let piece = Array(repeatElement(bar, count: 2_000).joined())
        for _ in 0..<100 { window.append(piece) }
        window.append(Array("\nafter\n".utf8))
        #expect(Self.lines(window).first == "before")
        #expect(Self.lines(window).last == "after")
        #expect(window.lineCount == 3)
        #expect(window.held < 1_000)
    }

    @Test(arguments: 0..<200) func anyBytesAreBorne(seed: Int) {
        var random = SeededGenerator(seed)
        let alphabet: [UInt8] = [
            0x0A, 0x0D, 0x1B, 0x5B, 0x41, 0x42, 0x4A, 0x4B, 0x4D, 0x5D, 0x07, 0x32, 0x3B, 0x78, 0xC3, 0xA9, 0xFF, 0x09,
        ]
        var window = LogWindow(start: Int64.random(in: 0...1, using: &random) * 100_000, bytes: [])
        for _ in 0..<60 {
            let piece = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            let isEarlier = window.start >= Int64(piece.count) && Bool.random(using: &random)
            if isEarlier { window.prepend(piece) } else { window.append(piece) }
            #expect(window.held == window.rows.reduce(0) { $0 + $1.cost })
            #expect(window.cursor >= 0 && window.cursor <= window.rows.count)
            #expect(zip(window.rows, window.rows.dropFirst()).allSatisfy { $0.offset <= $1.offset })
            for line in 0..<window.lineCount { _ = window.text(ofLine: line) }
        }
    }
}
