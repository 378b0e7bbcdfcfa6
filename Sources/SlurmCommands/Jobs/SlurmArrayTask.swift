/// Which tasks of an array a job stands for.
package enum SlurmArrayTask: Hashable, Sendable {
    /// One task, by its number.
    case number(Int)
    /// Tasks that wait, as Slurm writes them: `0-5%2`.
    case waiting(String)

    /// Nil for what is no part of an array: empty, `N/A`, `(null)`.
    package init?(_ text: some StringProtocol) {
        if let number = Int(text) {
            guard number >= 0, number < 0xffff_fffe else { return nil }
            self = .number(number)
        } else if text.first?.isNumber == true || text.first == "[" {
            self = .waiting(String(text.drop { $0 == "[" }.prefix { $0 != "]" }))
        } else {
            return nil
        }
    }

    /// How many tasks wait here at most: 1 for one task, and `limit` for a list that says more or cannot be read.
    package func count(limit: Int = 100_000) -> Int { numbers(limit: limit).count }

    /// The numbers of the tasks, ascending, at most `limit` of them; a list that Slurm cut off ends where it was cut.
    package func numbers(limit: Int = 100_000) -> [Int] {
        switch self {
        case .number(let number): return [number]
        case .waiting(let text):
            var found: [Int] = []
            for part in text.prefix(while: { $0 != "%" }).split(separator: ",") {
                let (range, step) = Self.split(part, at: ":")
                let (first, last) = Self.split(range, at: "-")
                guard let low = Int(first), low >= 0 else { return found }
                let high = last.flatMap { Int($0) } ?? low
                let stride = max(1, step.flatMap { Int($0) } ?? 1)
                var next = low
                while next <= high && found.count < limit {
                    found.append(next)
                    let (sum, overflow) = next.addingReportingOverflow(stride)
                    if overflow { break }
                    next = sum
                }
            }
            return found
        }
    }

    private static func split(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }
}
