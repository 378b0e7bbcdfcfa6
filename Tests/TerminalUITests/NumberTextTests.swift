import Testing

@testable import TerminalUI

@Suite struct NumberTextTests {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (0.231, "0.231"), (0.23149, "0.231"), (0.2315, "0.232"), (-1.5, "-1.5"),
            (1.2e-05, "1.2e-05"),
            (0.001, "0.001"), (0.00123, "0.00123"), (0.0005, "5e-04"), (0.9999, "1"), (99.96, "100"), (12.345, "12.3"),
            (1234, "1234"), (9999.6, "10k"), (12_345, "12.3k"), (999_999, "1M"), (-2.5e6, "-2.5M"), (3e9, "3G"),
            (1.5e12, "1.5T"),
            (1e15, "1e+15"), (1e100, "1e+100"), (.leastNonzeroMagnitude, "5e-324"),
            (Double.greatestFiniteMagnitude, "1.8e+308"),
            (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
        ] as [(Double, String)])
    func compact(_ value: Double, _ text: String) {
        #expect(NumberText.compact(value) == text)
    }

    @Test func givesUpDigitsForWidth() {
        #expect(NumberText.compact(0.23149, significantDigits: 5, maxWidth: 6) == "0.2315")
        #expect(NumberText.compact(-1.2345e-10, significantDigits: 5, maxWidth: 7) == "-1e-10")
        #expect(NumberText.compact(0.23149, maxWidth: 1) == "0.2")
    }

    @Test(arguments: [
        (0.5, 2, "0.50"), (0, 1, "0.0"), (-0.004, 2, "0.00"), (1.995, 2, "2.00"), (0.05, 1, "0.1"), (1200, 0, "1200"),
        (-12.25, 1, "-12.3"), (0.0001, 4, "0.0001"), (0.04, 1, "0.0"), (9.99, 1, "10.0"),
    ])
    func fixed(_ value: Double, _ decimals: Int, _ text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
    }
}
