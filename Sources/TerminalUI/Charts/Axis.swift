/// A scale with few, nicely rounded labels.
struct Axis: Equatable {
    /// What the first and the last row or column of the plot stand for.
    let low: Double
    let high: Double
    /// Values to be labelled, ascending, all within `low...high`.
    let ticks: [Double]
    let labels: [String]

    /// Beyond these, sums of a value and a step lose meaning or overflow.
    private static let limit = 1e300

    /// Spans `values`, which must be finite, with at most `maxTicks` labels (at least 2) at multiples of 1, 2, 2.5 or 5
    /// times a power of ten.
    init(covering values: ClosedRange<Double>, maxTicks: Int) {
        let lower = max(-Self.limit, values.lowerBound)
        let upper = min(Self.limit, values.upperBound)
        let magnitude = max(lower.magnitude, upper.magnitude)
        // Narrower than doubles resolve: labels would repeat.
        guard upper - lower > magnitude * 1e-12, upper - lower > 1e-300 else {
            self.init(constant: values.lowerBound)
            return
        }
        var exponent = DecimalDigits((upper - lower) / Double(maxTicks)).exponent
        while true {
            for multiple in Self.multiples {
                let step = multiple * Self.power(exponent)
                let first = (lower / step).rounded(.up)
                let last = (upper / step).rounded(.down)
                guard last - first < Double(maxTicks) else { continue }
                guard last > first else {
                    self.init(ends: lower, upper)
                    return
                }
                let ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
                let decimals = max(0, (multiple == 2.5 ? 1 : 0) - exponent)
                self.init(low: lower, high: upper, ticks: ticks, step: step, decimals: decimals)
                return
            }
            exponent += 1
        }
    }

    private static let multiples = [1, 2, 2.5, 5]

    /// Read from text: 10^-7 comes out as the double nearest to it, which repeated division does not give.
    private static func power(_ exponent: Int) -> Double {
        Double("1e\(exponent)") ?? 1
    }

    init(low: Double, high: Double, ticks: [Double], labels: [String]) {
        self.low = low
        self.high = high
        self.ticks = ticks
        self.labels = labels
    }

    /// One label in the middle.
    private init(constant value: Double) {
        // Half of the least double is none, and one and a half times the greatest is infinite.
        let margin = max(value == 0 ? 1 : value.magnitude / 2, .leastNonzeroMagnitude)
        low = max(value - margin, -.greatestFiniteMagnitude)
        high = min(value + margin, .greatestFiniteMagnitude)
        ticks = [value]
        labels = [NumberText.compact(value, significantDigits: 4)]
    }

    /// The ends themselves, where no two round values lie between.
    private init(ends low: Double, _ high: Double) {
        self.low = low
        self.high = high
        ticks = [low, high]
        labels = ticks.map { NumberText.compact($0) }
    }

    private init(low: Double, high: Double, ticks: [Double], step: Double, decimals: Int) {
        self.low = low
        self.high = high
        self.ticks = ticks
        let largest = DecimalDigits(max(ticks[0].magnitude, ticks[ticks.count - 1].magnitude)).exponent
        if largest < 5, decimals <= 4 {
            labels = ticks.map { NumberText.fixed($0, decimals: decimals) }
        } else {
            // As many digits as tell two neighbours apart.
            let digits = largest - DecimalDigits(step).exponent + DecimalDigits(step).digits.count
            labels = ticks.map { NumberText.compact($0, significantDigits: max(1, digits)) }
        }
    }

    /// Where `value` lies: 0 at `low`, 1 at `high`.
    func fraction(of value: Double) -> Double { UnitFraction.of(value, from: low, to: high) }
}
