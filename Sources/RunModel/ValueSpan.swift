/// The least and the greatest of some values, all of them finite.
package struct ValueSpan: Sendable, Hashable, Codable {
    /// The least.
    package private(set) var low: Double
    /// The greatest.
    package private(set) var high: Double

    /// Of one value; nil where it is no finite number.
    package init?(_ value: MetricValue) {
        guard let number = value.number, number.isFinite else { return nil }
        low = number
        high = number
    }

    /// Of the values of both; nil where neither has any.
    package static func joined(_ left: ValueSpan?, _ right: ValueSpan?) -> ValueSpan? {
        guard var span = left, let right else { return left ?? right }
        span.low = min(span.low, right.low)
        span.high = max(span.high, right.high)
        return span
    }
}
