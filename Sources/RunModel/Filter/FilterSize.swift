/// Amounts as filters write them beside what a machine tells of a run: `8GB`, `512MiB`, `90%`.
enum FilterSize {
    /// Megabytes in each unit; those of two letters are powers of a thousand.
    private static let units: [String: Double] = [
        "b": 1e-6, "kb": 1e-3, "mb": 1, "gb": 1e3, "tb": 1e6, "k": 1e-3, "m": 1, "g": 1e3, "t": 1e6,
        "kib": 1_024 / 1e6, "mib": 1_048_576 / 1e6, "gib": 1_073_741_824 / 1e6, "tib": 1_099_511_627_776 / 1e6,
    ]

    /// In the unit of the metric; nil where `text` has no unit that goes with it.
    static func number(_ text: String, of metric: String) -> Double? {
        guard SystemMetric.isOne(metric) else { return nil }
        let unit = text.lowercased().drop { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        guard let number = Double(text.dropLast(unit.count)) else { return nil }
        if SystemMetric.isMegabytes(metric) { return units[String(unit)].map { number * $0 } }
        return unit == "%" ? number : nil
    }
}
