import Testing

@testable import TerminalUI

/// Random text at random places: cells stay consistent, and nothing that could steer a terminal gets into them.
@Suite struct CanvasFuzzTests {
    /// Where trouble lives, besides everywhere.
    private static let ranges: [ClosedRange<UInt32>] = [
        0...0xFF, 0x300...0x36F, 0x1100...0x11FF, 0x2000...0x206F, 0x2600...0x27BF, 0x3000...0x30FF, 0xFE00...0xFE0F,
        0x1F1E6...0x1F1FF, 0x1F300...0x1F6FF, 0xE0000...0xE007F, 0...0x10FFFF,
    ]

    private static func text(_ generator: inout Generator) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...30, using: &generator) {
            let range = ranges.randomElement(using: &generator) ?? 0...0
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func randomTextKeepsTheCanvasWhole(_ seed: UInt64) {
        var generator = Generator(state: seed)
        var canvas = Canvas(size: Size(columns: 23, rows: 5))
        for _ in 0..<300 {
            let text = Self.text(&generator)
            let x = Int.random(in: -30...30, using: &generator)
            let y = Int.random(in: -2...6, using: &generator)
            let maxWidth = Bool.random(using: &generator) ? Int.max : Int.random(in: -1...30, using: &generator)
            let used = canvas.put(text, x: x, y: y, maxWidth: maxWidth)
            #expect(used >= 0 && used <= max(0, maxWidth) && used <= TerminalText.width(of: text))
            #expect(x + used <= max(x, canvas.size.columns))
            if Bool.random(using: &generator) {
                canvas.fill(Rect(x: x, y: y, width: used / 2, height: 2), style: .plain)
            }
            checkCells(canvas)
        }
    }

    private func checkCells(_ canvas: Canvas) {
        for y in 0..<canvas.size.rows {
            var column = 0
            while column < canvas.size.columns {
                let cell = canvas[column, y]
                #expect(cell.width == 1 || cell.width == 2, "a half without its other half at \(column), \(y)")
                if cell.width == 2 {
                    #expect(column + 1 < canvas.size.columns && canvas[column + 1, y].isContinuation)
                }
                #expect(isSafe(cell))
                column += max(1, cell.width)
            }
        }
    }

    private func isSafe(_ cell: Cell) -> Bool {
        cell.text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            default: !scalar.properties.isDefaultIgnorableCodePoint
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func fittedTextHasTheWidthAskedFor(_ seed: UInt64) {
        var generator = Generator(state: seed)
        for _ in 0..<300 {
            let text = Self.text(&generator)
            let width = Int.random(in: 0...40, using: &generator)
            #expect(TerminalText.width(of: TerminalText.fitted(text, to: width)) == width)
            for line in TerminalText.wrapped(text, width: width) {
                #expect(TerminalText.width(of: line) <= width, "\(line.unicodeScalars.map(\.value)) of \(width) cells")
            }
            let sanitized = TerminalText.sanitized(text)
            #expect(TerminalText.sanitized(sanitized) == sanitized)
            #expect(TerminalText.width(of: sanitized) == TerminalText.width(of: text))
        }
    }
}
