/// What a comparison asks of one number that is there.
package struct NumberTest: Sendable {
    private let comparator: FilterComparator
    private let numbers: [Double]
    private let acceptsNaN: Bool

    /// The comparison, where it is with one number.
    package var single: (comparator: FilterComparator, number: Double)? {
        numbers.count == 1 && !acceptsNaN ? (comparator, numbers[0]) : nil
    }

    init(_ comparator: FilterComparator, _ values: [FilterValue]) {
        self.comparator = comparator
        numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
        acceptsNaN = !comparator.isOrdering && values.contains(.notANumber)
    }

    /// Whether a number is as the comparison asks.
    package func passes(_ number: Double) -> Bool {
        for other in numbers where comparator.orders(number, other) { return true }
        return acceptsNaN && number.isNaN
    }
}

/// What a comparison asks of the newest value of a metric, which may be a text.
package struct MetricTest: Sendable {
    private let number: NumberTest
    private let text: TextTest?

    /// What it asks of numbers, where it lets no text pass.
    package var numberOnly: NumberTest? { text == nil ? number : nil }

    init(_ comparator: FilterComparator, _ values: [FilterValue], _ text: TextTest?) {
        number = NumberTest(comparator, values)
        self.text = text
    }

    /// Whether a value is as the comparison asks.
    package func passes(_ value: MetricValue) -> Bool {
        switch value {
        case .number(let value): number.passes(value)
        case .text(let value): text?.passes(value) ?? false
        }
    }
}
