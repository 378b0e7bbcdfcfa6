import Testing

@testable import TerminalUI

/// Scales, ranges, smoothed curves, bands and cursors as literal screens.
@Suite struct ChartScaleTests {
    private func chart(_ values: [(Double, Double)], title: String? = nil, glyphs: Glyphs = .ascii) -> Chart {
        Chart(
            title: title,
            series: [Chart.Series(name: "", points: values.map { Chart.Point(x: $0.0, y: $0.1) })], glyphs: glyphs)
    }

    private func rows(_ chart: Chart, _ columns: Int, _ rows: Int) -> [String] {
        var canvas = Canvas(size: Size(columns: columns, rows: rows), glyphs: chart.glyphs)
        chart.draw(in: canvas.bounds, on: &canvas)
        return canvas.textRows
    }

    @Test func aLogScaleMakesALineOfPowersAndCountsWhatItCannotShow() {
        var chart = chart([(0, 1), (1, 10), (2, 100), (3, 0), (4, 1_000), (5, -3)], title: "loss")
        chart.scale = .logarithmic
        chart.caption = "log scale"
        #expect(rows(chart, 44, 8)[0].hasSuffix("2 not above 0 - log scale"))
        let labels = rows(chart, 44, 10).map { $0.prefix { $0 != "+" && $0 != "|" } }
        #expect(labels.prefix(8).filter { $0.contains("1") } == ["1000", " 100", "  10", "   1"])
        chart.series[0].points = [.init(x: 0, y: 0), .init(x: 1, y: -1)]
        #expect(rows(chart, 50, 3).joined().contains("no value above 0, so none on a log scale"))
    }

    @Test(arguments: [
        (1e-5, 1e3, 5, ["1e-05", "0.001", "0.1", "10", "1000"]), (0.02, 0.3, 5, ["0.02", "0.05", "0.1", "0.2"]),
        (1, 1, 4, ["1"]), (0.3, 0.31, 4, ["0.3", "0.31"]),
        (.leastNonzeroMagnitude, 1.7e308, 3, ["1e-323", "1e-112", "1e+99"]),
    ])
    func labelsOfALogScale(_ low: Double, _ high: Double, _ maxTicks: Int, _ labels: [String]) throws {
        let lower = try #require(Chart.Scale.logarithmic.position(of: low))
        let upper = try #require(Chart.Scale.logarithmic.position(of: high))
        let axis = Axis(logarithmic: lower...upper, maxTicks: maxTicks)
        #expect(axis.labels == labels)
        #expect(axis.ticks.allSatisfy { (axis.low...axis.high).contains($0) })
    }

    @Test func aRangeCutsTheCurveAtItsEdges() {
        var chart = chart([(0, 0), (10, 100)])
        chart.range = 4...6
        let shown = rows(chart, 20, 8)
        #expect(shown.last?.contains("4") == true && shown.last?.contains("6") == true)
        #expect(shown.joined().contains("60") || shown.joined().contains("55"), "the y axis is that of what is shown")
        #expect(shown.joined().contains("."), "the line between two points that are not in view")
        chart.range = 40...60
        #expect(rows(chart, 40, 8).joined().contains("no points in this range"))
    }

    @Test func aSmoothedCurveStandsInFrontOfItsPoints() {
        var chart = chart((0..<40).map { (Double($0), $0 % 2 == 0 ? 0.0 : 10) })
        chart.series[0].smoothed = (0..<40).map { Chart.Point(x: Double($0), y: 5) }
        chart.series[0].style = Style(foreground: .cyan)
        var canvas = Canvas(size: Size(columns: 44, rows: 12), glyphs: .ascii)
        chart.draw(in: canvas.bounds, on: &canvas)
        let styles = canvas.bounds.rows.flatMap { y in canvas.bounds.columns.map { canvas[$0, y] } }
        #expect(styles.contains { $0.text == ":" && $0.style == Style(foreground: .cyan).dim() })
        #expect(styles.contains { $0.text == "*" && $0.style == Style(foreground: .cyan) })
    }

    @Test func aBandShowsWhatASampleLeftOut() {
        var chart = chart([(0, 5), (10, 5), (20, 5)])
        chart.series[0].bands = [.init(x: 10, low: 0, high: 10)]
        let shown = rows(chart, 24, 9)
        #expect(shown.filter { $0.contains(":") }.count > 3, "a column from 0 to 10")
        #expect(shown.first?.contains("10") == true, "the band is within the axis")
    }

    @Test func aCursorIsALineWithItsPlaceBelowAndAMarkOnTheCurve() {
        var chart = chart([(0, 1), (10, 2), (20, 3)], glyphs: .unicode)
        chart.cursor = 10
        chart.series[0].reading = .init(x: 10, y: 2)
        let shown = rows(chart, 30, 9)
        #expect(shown.filter { $0.dropFirst(5).contains("│") }.count >= 3)
        #expect(shown.joined().contains("◆"))
        #expect(shown.last?.contains(" 10 ") == true)
        chart.range = 15...20
        #expect(!rows(chart, 30, 9).joined().contains("◆"), "it is not in view")
    }

    @Test func marksTellCurvesApartWithoutColour() {
        for (glyphs, marks) in [(Glyphs.unicode, ["●", "▲"]), (.ascii, ["*", "o"])] {
            var chart = chart((0..<100).map { (Double($0), Double($0)) }, title: "loss", glyphs: glyphs)
            chart.series.append(.init(name: "", points: (0..<100).map { .init(x: Double($0), y: 120 - Double($0)) }))
            for (index, mark) in marks.enumerated() { chart.series[index].mark = mark }
            let shown = rows(chart, 100, 20).joined()
            for mark in marks { #expect(shown.filter { String($0) == mark }.count > 3, "\(mark)") }
        }
    }
}
