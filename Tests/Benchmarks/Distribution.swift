import Glibc

/// Repeated measurements of one thing.
struct Distribution {
    private var sorted: [Double]

    init(_ values: [Double]) { sorted = values.sorted() }

    var count: Int { sorted.count }
    var median: Double { quantile(0.5) }
    var p99: Double { quantile(0.99) }
    var worst: Double { sorted.last ?? 0 }

    /// The nearest rank; 0 without measurements.
    func quantile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let rank = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return sorted[min(max(0, rank), sorted.count - 1)]
    }

    /// "median 1.2, p99 3.4, worst 5.6 of 700".
    var note: String {
        let numbers = [median, p99, worst].map { ResultTable.fixed($0, 2) }
        return "median \(numbers[0]), p99 \(numbers[1]), worst \(numbers[2]) of \(count)"
    }
}

/// A steady clock fine enough for microseconds.
enum Stopwatch {
    /// Milliseconds since some fixed point.
    static func now() -> Double {
        begin.duration(to: .now) / Duration.milliseconds(1)
    }

    private static let begin = ContinuousClock.now

    /// Milliseconds that `work` takes.
    static func time(_ work: () throws -> Void) rethrows -> Double {
        let start = now()
        try work()
        return now() - start
    }
}
