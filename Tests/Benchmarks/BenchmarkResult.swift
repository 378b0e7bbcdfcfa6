/// One line of the table: what was measured, and what it may be at most.
struct BenchmarkResult {
    var name: String
    var measured: Double
    /// Nil for what is only reported.
    var budget: Double?
    var unit: String
    /// What else is worth knowing: spread, counts.
    var note = ""

    var verdict: String {
        guard let budget else { return "" }
        return measured <= budget ? "pass" : "OVER"
    }
}
