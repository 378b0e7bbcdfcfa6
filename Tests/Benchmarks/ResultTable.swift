import Glibc

/// Prints results as they come, in columns.
enum ResultTable {
    private static let nameWidth = 58
    private static let numberWidth = 12

    static func printHeads() {
        print(
            padded("what", nameWidth), right("measured", numberWidth), right("budget", numberWidth), "verdict", "note")
    }

    static func print(_ result: BenchmarkResult) {
        let budget = result.budget.map { text($0, result.unit) } ?? "-"
        print(
            padded(result.name, nameWidth), right(text(result.measured, result.unit), numberWidth),
            right(budget, numberWidth), padded(result.verdict, 7), result.note)
        fflush(nil)
    }

    private static func print(_ columns: String...) { Swift.print(columns.joined(separator: " ")) }

    /// Three significant digits say more than a benchmark on a shared machine knows.
    private static func text(_ number: Double, _ unit: String) -> String {
        let digits = number == number.rounded() || number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 3
        let text = fixed(number, digits)
        return unit.isEmpty ? text : "\(text) \(unit)"
    }

    static func fixed(_ number: Double, _ digits: Int) -> String {
        let scale = pow(10, Double(digits))
        let rounded = Int64((number * scale).rounded())
        guard digits > 0 else { return String(rounded) }
        let fraction = String(rounded % Int64(scale))
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(rounded / Int64(scale)).\(zeros)\(fraction)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
