import Testing

@testable import TerminalUI

/// Any numbers on any axes: nothing traps, and nothing is drawn outside.
@Suite struct ChartFuzzTests {
    private static let odd: [Double] = [
        0, -0.0, 1, -1, 0.5, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e300, -1e300, 1e-300,
        Double(Int64.max), Double(Int64.min), 8.64e15, -8.64e15, 3,
    ]

    private static func number(_ generator: inout Generator) -> Double {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: odd.randomElement(using: &generator) ?? 0
        case 1: Double(bitPattern: generator.next())
        case 2: Double(Int.random(in: 0..<20, using: &generator))
        default: Double.random(in: -2...2, using: &generator)
        }
    }

    private static func series(_ generator: inout Generator) -> Chart.Series {
        let points = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
            Chart.Point(x: number(&generator), y: number(&generator))
        }
        var series = Chart.Series(name: "a", points: points)
        if Bool.random(using: &generator) {
            series.smoothed = points.map { Chart.Point(x: $0.x, y: number(&generator)) }
        }
        series.bands = points.map { Chart.Band(x: $0.x, low: number(&generator), high: number(&generator)) }
        if Bool.random(using: &generator) { series.mark = "o" }
        series.reading = points.randomElement(using: &generator)
        return series
    }

    @Test(arguments: 0..<20) func nothingTrapsAndAllStaysInItsPlace(seed: Int) {
        var generator = Generator(state: UInt64(seed))
        for _ in 0..<50 {
            let count = Int.random(in: 0...8, using: &generator)
            var chart = Chart(
                title: "loss", series: (0..<count).map { _ in Self.series(&generator) },
                glyphs: Bool.random(using: &generator) ? .unicode : .ascii)
            chart.scale = Bool.random(using: &generator) ? .linear : .logarithmic
            chart.caption = "log scale"
            chart.cursor = Bool.random(using: &generator) ? Self.number(&generator) : nil
            let (one, other) = (Self.number(&generator), Self.number(&generator))
            if one.isFinite, other.isFinite, one != other { chart.range = min(one, other)...max(one, other) }
            let rect = Rect(
                x: 1, y: 1, width: Int.random(in: 0...60, using: &generator),
                height: Int.random(in: 0...20, using: &generator))
            var canvas = Canvas(size: Size(columns: rect.width + 2, rows: rect.height + 2), glyphs: chart.glyphs)
            canvas.restyle(canvas.bounds) { $0.underlined() }
            chart.draw(in: rect, on: &canvas)
            for y in canvas.bounds.rows {
                for x in canvas.bounds.columns where !rect.contains(x: x, y: y) {
                    #expect(canvas[x, y] == Cell(style: .plain.underlined()), "seed \(seed)")
                }
            }
        }
    }
}
