/// Lengths of time as filters write them: `90s`, `1h30m`, `1.5d`; a plain number is in seconds.
enum FilterDuration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Up to here a Double counts every millisecond: 285,000 years.
    private static let maximum = 9e15

    /// Nil when `text` is no length of time.
    static func milliseconds(_ text: String) -> Int64? {
        var rest = Substring(text.lowercased())
        var sum = 0.0
        repeat {
            let digits = rest.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            if name.isEmpty {
                guard sum == 0, rest.isEmpty else { return nil }
                sum = number * 1000
            } else {
                guard let unit = units.first(where: { $0.name == name }) else { return nil }
                sum += number * Double(unit.milliseconds)
            }
        } while !rest.isEmpty
        return sum <= maximum ? Int64(sum.rounded()) : nil
    }

    /// The shortest sum of whole units.
    static func spelling(of milliseconds: Int64) -> String {
        var rest = milliseconds
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }
}
