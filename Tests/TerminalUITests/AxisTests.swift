import Testing

@testable import TerminalUI

@Suite struct AxisTests {
    @Test(arguments: [
        (0, 1, 5, ["0.00", "0.25", "0.50", "0.75", "1.00"]), (0.26, 2.3, 5, ["0.5", "1.0", "1.5", "2.0"]),
        (0, 9e12, 3, ["0", "5T"]), (1e-5, 1e-4, 3, ["5e-05", "1e-04"]), (-3, 3, 4, ["-2", "0", "2"]),
        (1_000_000, 1_000_004.5, 3, ["1M", "1.000002M", "1.000004M"]),
        (12_340, 12_380, 5, ["12340", "12350", "12360", "12370", "12380"]),
        (0.3, 0.3, 5, ["0.3"]), (0, 0, 5, ["0"]),
    ])
    func labels(_ low: Double, _ high: Double, _ maxTicks: Int, _ labels: [String]) {
        #expect(Axis(covering: low...high, maxTicks: maxTicks).labels == labels)
    }

    @Test(arguments: [
        0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 1e300,
        -.greatestFiniteMagnitude,
    ])
    func oneValueOfAnySizeIsWithinItsAxis(_ value: Double) {
        let axis = Axis(covering: value...value, maxTicks: 5)
        #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite)
        #expect((0...1).contains(axis.fraction(of: value)))
        #expect(axis.fraction(of: .nan) == 0 && axis.fraction(of: .infinity) == 1)
    }

    @Test(arguments: -12...12)
    func labelsAreFewAndDistinct(_ exponent: Int) throws {
        let unit = try #require(Double("1e\(exponent)"))
        for (low, high) in [(0, 1), (-0.7, 3.3), (2.31, 2.32), (-9.99, -9.5), (0.1, 97)] {
            for maxTicks in 2...5 {
                let axis = Axis(covering: low * unit...high * unit, maxTicks: maxTicks)
                #expect((2...maxTicks).contains(axis.ticks.count))
                #expect(Set(axis.labels).count == axis.ticks.count, "\(axis.labels)")
                #expect(axis.ticks.allSatisfy { (0...1).contains(axis.fraction(of: $0)) })
            }
        }
    }
}
