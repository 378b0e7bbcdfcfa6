import TerminalUI
import Testing

@Suite struct SparklineTests {
    @Test(
        arguments: [
            ([], 5, ""), ([1], 5, "▃"), ([3, 3, 3], 5, "▃▃▃"), ([0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█"),
            ([7, 6, 5, 4, 3, 2, 1, 0], 4, "█▆▃▁"), ([0, .nan, 1], 3, "▁×█"), ([.nan, .nan], 2, "××"),
            ([0, .infinity, 1, -.infinity], 4, "▁██▁"), ([1e308, -1e308], 2, "█▁"), ([1, 2], 0, ""),
            ([.infinity], 3, "█"), ([0, .leastNonzeroMagnitude], 2, "▁█"),
            ([.leastNonzeroMagnitude, -.leastNonzeroMagnitude], 2, "█▁"),
            ([.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0], 3, "█▁▅"),
            ([1, .nan, 2, 2], 2, "▁█"),
        ] as [([Double], Int, String)])
    func bars(_ values: [Double], _ width: Int, _ text: String) {
        #expect(Sparkline.text(values, width: width) == text)
    }

    @Test func inASCII() {
        #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, .nan], width: 8, glyphs: .ascii) == "_.-+*#@x")
    }

    @Test func neverWiderThanAsked() {
        for count in [1, 7, 8, 9, 1000] {
            let values = (0..<count).map { Double($0 * $0 % 17) }
            #expect(Sparkline.text(values, width: 8).count == min(8, count))
        }
    }
}
