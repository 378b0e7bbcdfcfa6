// Rounding is the C library's.
#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension JSONNumber {
    var magnitude: JSONNumber {
        switch storage {
        case .integer(let value): value < 0 ? JSONNumber(LargeInteger(value).negated) : self
        case .large(let value): value.isNegative ? JSONNumber(value.negated) : self
        case .double(let value): JSONNumber(value.magnitude)
        }
    }

    /// An integer; what is not finite stays as it is.
    func rounded(_ rule: FloatingPointRoundingRule) -> JSONNumber {
        guard case .double(let value) = storage, value.isFinite else { return self }
        return JSONNumber(LargeInteger(whole: value.rounded(rule)))
    }

    /// Exact for integers.
    static func + (left: JSONNumber, right: JSONNumber) -> JSONNumber {
        if case .integer(let one) = left.storage, case .integer(let other) = right.storage {
            let (sum, isTooLarge) = one.addingReportingOverflow(other)
            if !isTooLarge { return JSONNumber(sum) }
        }
        if let one = left.large, let other = right.large { return JSONNumber(one + other) }
        return JSONNumber(left.double + right.double)
    }

    /// Exact also between integers and doubles, for which a conversion would lose digits; false with a NaN.
    static func < (left: JSONNumber, right: JSONNumber) -> Bool { order(left, right) == .before }

    /// As `<`: a NaN equals nothing.
    static func == (left: JSONNumber, right: JSONNumber) -> Bool { order(left, right) == .same }

    private enum Order { case before, same, after }

    private static func order(_ left: JSONNumber, _ right: JSONNumber) -> Order? {
        switch (left.storage, right.storage) {
        case (.double(let one), .double(let other)): order(one, other)
        case (.double(let one), _):
            order(right, beside: one).map { $0 == .before ? .after : $0 == .after ? .before : $0 }
        case (_, .double(let other)): order(left, beside: other)
        case (.integer(let one), .integer(let other)): one < other ? .before : one == other ? .same : .after
        default:
            if let one = left.large, let other = right.large {
                one < other ? .before : other < one ? .after : .same
            } else {
                nil
            }
        }
    }

    private static func order(_ one: Double, _ other: Double) -> Order? {
        one < other ? .before : one == other ? .same : one > other ? .after : nil
    }

    private static func order(_ integer: JSONNumber, beside double: Double) -> Order? {
        if case .integer(let value) = integer.storage, value.magnitude < 1 << 53 { return order(Double(value), double) }
        guard let large = integer.large, double.isFinite else { return order(0, double) }
        let whole = double.rounded(.towardZero)
        let other = LargeInteger(whole: whole)
        return large < other ? .before : other < large ? .after : order(whole, double)
    }

    /// Nil for doubles.
    private var large: LargeInteger? {
        switch storage {
        case .integer(let value): LargeInteger(value)
        case .large(let value): value
        case .double: nil
        }
    }
}
