import TerminalUI
import Testing

/// Charts as literal screens.
@Suite struct ChartTests {
    private func points(_ values: [(Double, Double)]) -> [Chart.Point] {
        values.map { Chart.Point(x: $0.0, y: $0.1) }
    }

    private func rows(_ chart: Chart, _ columns: Int, _ rows: Int) -> [String] {
        var canvas = Canvas(size: Size(columns: columns, rows: rows))
        chart.draw(in: canvas.bounds, on: &canvas)
        return canvas.textRows
    }

    private let accuracy: [(Double, Double)] = [(0, 0.1), (10, 0.5), (20, 0.7), (40, 0.92)]
    private let interrupted: [(Double, Double)] = [(0, 0.2), (10, .nan), (20, 0.3), (40, 0.5)]

    @Test func joinsSparsePointsInBraille() {
        let chart = Chart(
            title: "acc",
            series: [
                Chart.Series(name: "a", points: points(accuracy)),
                Chart.Series(name: "b", points: points(interrupted)),
            ])
        #expect(
            rows(chart, 50, 10) == [
                "acc  • a  • b                                1 NaN",
                "   │                                  ⢀⣀⣀⡠⠤⠤⠤⠒⠒⠒⠉⠉",
                "0.8┤                      ⢀⣀⣀⠤⠤⠤⠒⠒⠒⠊⠉⠉⠁",
                "0.6┤                ⣀⡠⠤⠒⠒⠉⠁",
                "   │          ⢀⡠⠔⠒⠉⠉                        ⣀⣀⣀⣀⠤⠤",
                "0.4┤       ⣀⠔⠊⠁              ⣀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠒⠊⠉⠉⠉",
                "   │   ⢀⠤⠒⠉                ⠉⠉",
                "0.2┤⡡⠔⠊⠁",
                "   └──────────────────────────────────────────────",
                "    0                     20                    40",
            ])
    }

    @Test func tellsSeriesApartInASCII() {
        let chart = Chart(
            title: "acc",
            series: [
                Chart.Series(name: "a", points: points(accuracy)),
                Chart.Series(name: "b", points: points(interrupted)),
            ], glyphs: .ascii)
        #expect(
            rows(chart, 50, 10) == [
                "acc  * a  o b                                1 NaN",
                "   |                                        .....*",
                "0.8+                             ...........",
                "0.6+                 ......*.....",
                "   |          .*.....                       .....o",
                "0.4+      ....                   ...........",
                "0.2+o ....                 o.....",
                "   |*.",
                "   +----------------------------------------------",
                "    0                     20                    40",
            ])
    }

    @Test func aConstantSeriesIsALineInTheMiddle() {
        let chart = Chart(series: [Chart.Series(name: "lr", points: points((0..<10).map { (Double($0), 0.3) }))])
        #expect(
            rows(chart, 14, 5) == [
                "   │", "0.3┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒", "   │", "   └──────────", "    0   5    9",
            ])
    }

    @Test func labelsTinyAndHugeNumbers() {
        let tiny = Chart(series: [Chart.Series(name: "", points: points([(0, 1e-12), (1, 1e-11)]))])
        #expect(
            rows(tiny, 18, 7).map { String($0.prefix(6)) } == [
                "1e-11┤", "     │", "5e-12┤", "     │", "     │", "     └", "      ",
            ])
        let huge = Chart(series: [Chart.Series(name: "", points: points([(0, -1e12), (3e6, 1e12)]))])
        #expect(
            rows(huge, 18, 7) == [
                " 1T┤           ⢀⠔⠊", "   │        ⢀⠤⠊⠁", "  0┤     ⢀⡠⠊⠁", "   │  ⢀⡠⠒⠁", "-1T┤⡠⠔⠁",
                "   └──────────────",
                "    0    1.5M   3M",
            ])
    }

    @Test func statesOnePoint() {
        let chart = Chart(title: "loss", series: [Chart.Series(name: "loss", points: points([(40, 0.23149)]))])
        #expect(rows(chart, 20, 4) == ["loss", "", "   0.23149 at 40", ""])
    }

    @Test func usesTheCallersWordsForX() {
        let series = Chart.Series(name: "loss", points: points([(0, 1), (60, 2)]))
        let chart = Chart(series: [series], formatX: { "\(Int($0)) s" })
        #expect(rows(chart, 20, 5).last == "    0 s   30 s  60 s")
    }

    @Test func saysWhenThereIsNothingToDraw() {
        #expect(rows(Chart(series: []), 20, 1) == ["   no points yet"])
        let chart = Chart(series: [Chart.Series(name: "loss", points: points([(0, .nan), (1, .infinity)]))])
        #expect(
            rows(chart, 40, 3) == [
                "                       1 NaN, 1 infinite", "     2 points, none of them finite", "",
            ])
    }

    @Test func saysTheLastValueWhereThereIsNoRoom() {
        let series = [Chart.Series(name: "loss", points: points((0..<200).map { (Double($0), 200 - Double($0)) }))]
        #expect(rows(Chart(title: "loss", series: series), 20, 4) == ["loss", "", "   1 (200 points)", ""])
        #expect(rows(Chart(title: "loss", series: series), 8, 2) == ["loss", "   1"])
    }

    @Test(arguments: [(0, 0), (1, 1), (3, 2), (9, 4), (12, 5), (200, 3), (5, 60), (80, 24)])
    func staysInItsPlace(_ columns: Int, _ rows: Int) {
        let values: [Double] = [1, .nan, -.infinity, 3e-300, -1.7e308, 1.7e308, 0.1, .infinity, 5]
        let wild = points(values.enumerated().map { (Double($0.offset) * 1e307, $0.element) })
        for glyphs in [Glyphs.unicode, .ascii] {
            var canvas = Canvas(size: Size(columns: columns + 4, rows: rows + 4))
            canvas.restyle(canvas.bounds) { $0.underlined() }
            let chart = Chart(title: "漢字", series: [Chart.Series(name: "漢字", points: wild)], glyphs: glyphs)
            let rect = Rect(x: 2, y: 2, width: columns, height: rows)
            chart.draw(in: rect, on: &canvas)
            for y in 0..<canvas.size.rows {
                for x in 0..<canvas.size.columns where !rect.contains(x: x, y: y) {
                    #expect(canvas[x, y] == Cell(style: .plain.underlined()))
                }
            }
        }
    }
}
