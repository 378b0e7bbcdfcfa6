/// What a comparison asks of one number that is there.
struct NumberTest: Sendable {
    private let comparator: FilterComparator
    private let numbers: [Double]
    private let acceptsNaN: Bool

    init(_ comparator: FilterComparator, _ values: [FilterValue]) {
        self.comparator = comparator
        numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
        acceptsNaN = !comparator.isOrdering && values.contains(.notANumber)
    }

    func passes(_ number: Double) -> Bool {
        for other in numbers where comparator.orders(number, other) { return true }
        return acceptsNaN && number.isNaN
    }
}

/// What a comparison asks of the newest value of a metric, which may be a text.
struct MetricTest: Sendable {
    private let number: NumberTest
    private let text: TextTest?

    init(_ comparator: FilterComparator, _ values: [FilterValue], _ text: TextTest?) {
        number = NumberTest(comparator, values)
        self.text = text
    }

    func passes(_ value: MetricValue) -> Bool {
        switch value {
        case .number(let value): number.passes(value)
        case .text(let value): text?.passes(value) ?? false
        }
    }
}
