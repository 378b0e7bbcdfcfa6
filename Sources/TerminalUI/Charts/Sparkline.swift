/// A series as a row of bars, one cell each.
package enum Sparkline {
    /// At most `width` bars, oldest first; a longer series is averaged bar by bar.
    ///
    /// The scale is the series' own. Infinities touch the rim of it; a bar without any number is a mark of its own, so
    /// that a loss that went NaN is seen. A constant series is flat, a little below the middle.
    package static func text(_ values: [Double], width: Int, glyphs: Glyphs = .unicode) -> String {
        guard width > 0, !values.isEmpty, !glyphs.levels.isEmpty else { return "" }
        let count = min(width, values.count)
        let bars = (0..<count).map { bar in
            mean(values[bar * values.count / count..<(bar + 1) * values.count / count])
        }
        let finite = bars.filter(\.isFinite)
        let low = finite.min() ?? 0
        let high = finite.max() ?? 0
        var text = ""
        for bar in bars {
            text += bar.isNaN ? glyphs.notANumber : glyphs.levels[level(of: bar, low, high, count: glyphs.levels.count)]
        }
        return text
    }

    /// NaN when nothing in `values` is a number; infinite when something is.
    private static func mean(_ values: ArraySlice<Double>) -> Double {
        let numbers = values.filter { !$0.isNaN }
        guard !numbers.isEmpty else { return .nan }
        // Divided first: the sum of two large numbers may overflow.
        return numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
    }

    private static func level(of value: Double, _ low: Double, _ high: Double, count: Int) -> Int {
        if value == .infinity { return count - 1 }
        if value == -.infinity { return 0 }
        guard high > low else { return count / 4 }
        return min(count - 1, Int(UnitFraction.of(value, from: low, to: high) * Double(count)))
    }
}
