import DashboardCore
import RunServices
import TerminalUI

extension FuzzTarget {
    /// What a terminal sends, in pieces.
    static let keys = FuzzTarget(
        "keys",
        seeds: [
            "\u{1B}[1;2A\u{1B}OP\u{1B}[200~pasted\u{1B}[201~q", "\u{1B}[99999999999999999999;-9223372036854775808A",
            "é漢\u{1B}[[A\u{1B}\u{1B}[", "\u{1B}[200~never ended", "\u{1B}[M\u{0}\u{7F}",
        ]
    ) { bytes in
        var decoder = KeyDecoder()
        var moment = ContinuousClock.now
        var rest = bytes[...]
        while let size = rest.popFirst() {
            let piece = rest.prefix(Int(size % 32))
            rest = rest.dropFirst(piece.count)
            _ = decoder.decode(piece, at: moment)
            moment = moment.advanced(by: .milliseconds(Int(size) * 10))
            if size % 5 == 0 { _ = decoder.flush() }
        }
        _ = decoder.flush()
    }

    /// A line that is edited and drawn.
    static let lineInput = FuzzTarget(
        "lineInput", seeds: ["abc\u{3}def\u{1}\u{17}", "漢字é\u{B}\u{15}👩‍💻🇩🇪", "\u{1}\u{2}\u{4}\u{5}"]
    ) { bytes in
        var line = LineInput()
        var canvas = Canvas(size: Size(columns: 20, rows: 1))
        for character in String(decoding: bytes, as: UTF8.self) {
            switch character.asciiValue {
            case 1: _ = line.handle(.left)
            case 2: _ = line.handle(.alt("d"))
            case 3: _ = line.handle(.control("w"))
            case 4: _ = line.handle(.backspace)
            case 5: _ = line.handle(.home)
            case 6: _ = line.handle(.paste(String(repeating: "\(line.text)\n", count: 4)))
            default: _ = line.handle(.character(character))
            }
            precondition((0...line.text.count).contains(line.cursor))
            precondition(line.text.utf8.count <= LineInput.limit)
        }
        line.draw(into: &canvas, x: 2, y: 0, width: Int(bytes.first ?? 0) % 24)
    }

    /// Names, tags and messages on their way to a terminal.
    static let terminalText = FuzzTarget(
        "terminalText",
        seeds: [
            "a\u{1B}]0;x\u{7}\u{202E}b\u{2028}c\u{200B}d", "👩🏽‍💻1️⃣🇩🇪⚠️", "e\u{301}\u{301}\u{301}\u{301}\u{301}漢\u{AD}",
            "\u{E000}\u{FFFE}\u{1160}\u{3000}\r\n\t",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let safe = TerminalText.sanitized(text)
        for scalar in (safe + Shown.text(text) + Shown.path(text)).unicodeScalars {
            precondition(!Shown.isHidden(scalar), "U+\(String(scalar.value, radix: 16)) is not made visible")
        }
        for scalar in Shown.lines(text).unicodeScalars { precondition(scalar == "\n" || !Shown.isHidden(scalar)) }
        let width = Int(bytes.first ?? 0) % 40
        precondition(TerminalText.width(of: TerminalText.fitted(text, to: width)) == width)
        for line in TerminalText.wrapped(text, width: width) { precondition(TerminalText.width(of: line) <= width) }
        var canvas = Canvas(size: Size(columns: 10, rows: 2))
        canvas.put(text, x: width - 20, y: 1, maxWidth: width)
        canvas.putRight(text, rightEdge: width, y: 0)
    }

    /// Raw output of a command.
    static let logText = FuzzTarget(
        "logText",
        seeds: [
            "one\ntwo\r\nprogress 1%\rprogress 2%\r\n\u{1B}[31mred\u{1B}[0m\ttab\n", "no end", "\n\n\n",
            "\u{1B}[;;;;m\u{1B}[",
        ]
    ) { bytes in
        var reader = FuzzReader(bytes)
        let start = LogChunk(offset: reader.integer(), bytes: [], size: reader.integer()).offset
        let text = reader.remainder()
        var window = LogWindow(start: start, bytes: text)
        window.append(Array(text.prefix(20)))
        window.prepend(Array(text.suffix(20)))
        for offset in FuzzReader.integers where window.lineCount > 0 {
            let line = window.line(at: offset)
            precondition((0..<window.lineCount).contains(line))
            _ = window.text(ofLine: line)
            precondition(window.offset(ofLine: line) <= window.end)
        }
    }

    /// Sparklines, charts and numbers of any doubles.
    static let charts = FuzzTarget(
        "charts", rounds: 3_000,
        seeds: [
            [0, 9, 9, 0], [7, 8, 7, 8], [4, 5, 6], [9, 10, 22, 9], [2, 2, 2, 2], [200, 1, 2, 3, 4, 5, 6, 7, 8],
        ]
    ) { bytes in
        var reader = FuzzReader(bytes)
        let (columns, rows, kind) = (reader.index(below: 90), reader.index(below: 24), reader.byte())
        let glyphs: Glyphs = kind & 1 == 0 ? .unicode : .ascii
        var values: [Double] = []
        while !reader.isAtEnd, values.count < 64 { values.append(reader.double()) }
        let line = Sparkline.text(values, width: columns, glyphs: glyphs)
        precondition(TerminalText.width(of: line) <= columns)
        let halves = [values.prefix(values.count / 2), values.suffix(values.count / 2)]
        let series = halves.enumerated().map { index, half in
            let points = half.enumerated().map { place, value in
                Chart.Point(x: kind & 2 == 0 ? Double(place) : values[values.count - 1 - place], y: value)
            }
            return Chart.Series(name: "\(index)", points: points)
        }
        var canvas = Canvas(size: Size(columns: columns, rows: rows))
        Chart(title: "loss", series: kind & 4 == 0 ? [series[0]] : series, glyphs: glyphs).draw(
            in: Rect(x: Int(kind) - 128, y: 0, width: columns, height: rows), on: &canvas)
        Chart(series: series, glyphs: glyphs).draw(in: canvas.bounds, on: &canvas)
        for value in values {
            _ = NumberText.compact(value, significantDigits: Int(kind % 20), maxWidth: columns)
            _ = NumberText.fixed(value, decimals: Int(kind % 20))
            _ = Chart.stepText(value)
        }
    }
}
