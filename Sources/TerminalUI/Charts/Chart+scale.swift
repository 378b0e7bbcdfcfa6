#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Chart.Scale {
    /// Where a value lies on the scale; nil where it has no place.
    func position(of value: Double) -> Double? {
        switch self {
        case .linear: value.isFinite ? value : nil
        case .logarithmic: value.isFinite && value > 0 ? log10(value) : nil
        }
    }
}

extension Axis {
    /// An axis of powers of ten: `range` and ticks are exponents, labels are values. At most `maxTicks` labels, at least 2.
    init(logarithmic range: ClosedRange<Double>, maxTicks: Int) {
        let (low, high) = (range.lowerBound, range.upperBound)
        // A value and its neighbour: labels would repeat.
        guard high - low > 1e-9 else {
            self.init(
                low: low - 0.5, high: high + 0.5, ticks: [low],
                labels: [NumberText.compact(pow(10, low), significantDigits: 4)])
            return
        }
        let decades = Array(stride(from: low.rounded(.up), through: high.rounded(.down), by: 1))
        if decades.count > 1 {
            let pace = (decades.count + maxTicks - 1) / maxTicks
            let ticks = decades.indices.filter { $0 % pace == 0 }.map { decades[$0] }
            self.init(low: low, high: high, ticks: ticks, labels: ticks.map { Self.label(1, $0) })
            return
        }
        let finer = stride(from: low.rounded(.down), through: high.rounded(.down), by: 1).flatMap { exponent in
            [1.0, 2, 5].map { (tick: exponent + log10($0), label: Self.label($0, exponent)) }
        }.filter { range.contains($0.tick) }
        if finer.count > 1, finer.count <= maxTicks {
            self.init(low: low, high: high, ticks: finer.map(\.tick), labels: finer.map(\.label))
        } else {
            let labels = [low, high].map { NumberText.compact(min(pow(10, $0), .greatestFiniteMagnitude)) }
            self.init(low: low, high: high, ticks: [low, high], labels: labels)
        }
    }

    /// `multiple` times ten to the power of `exponent`, read from text so that it has no more digits than it needs.
    private static func label(_ multiple: Double, _ exponent: Double) -> String {
        NumberText.compact(Double("\(Int(multiple))e\(Int(exponent))") ?? pow(10, exponent))
    }
}
