extension Evaluator {
    /// Null where the values have no order.
    mutating func compare(
        _ left: JSONValue, _ comparison: Comparison, _ right: JSONValue
    ) throws(JMESPathError) -> JSONValue {
        switch comparison {
        case .equal: return .bool(try areEqual(left, right))
        case .notEqual: return .bool(!(try areEqual(left, right)))
        default: break
        }
        switch (left, right) {
        case (.number(let one), .number(let other)):
            return .bool(holds(comparison, isLess: one < other, isGreater: other < one, isEqual: one == other))
        // The specification orders numbers only. jmespath.py orders texts too, and dates are compared that way with `az`.
        case (.string(let one), .string(let other)):
            let (isLess, isGreater) = (one.isBefore(other), other.isBefore(one))
            return .bool(holds(comparison, isLess: isLess, isGreater: isGreater, isEqual: !isLess && !isGreater))
        default: return .null
        }
    }

    private func holds(_ comparison: Comparison, isLess: Bool, isGreater: Bool, isEqual: Bool) -> Bool {
        switch comparison {
        case .less: isLess
        case .lessOrEqual: isLess || isEqual
        case .greater: isGreater
        case .greaterOrEqual: isGreater || isEqual
        case .equal: isEqual
        case .notEqual: !isEqual
        }
    }

    /// Of the same type and value; the order of keys does not matter.
    mutating func areEqual(_ left: JSONValue, _ right: JSONValue) throws(JMESPathError) -> Bool {
        try spend()
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let one), .bool(let other)): return one == other
        case (.number(let one), .number(let other)): return one == other
        case (.string(let one), .string(let other)): return one.isExactly(other)
        case (.array(let some), .array(let others)):
            guard some.count == others.count else { return false }
            for (one, other) in zip(some, others) where !(try areEqual(one, other)) { return false }
            return true
        case (.object(let some), .object(let others)):
            guard some.count == others.count else { return false }
            for member in some.pairs {
                guard let other = others[member.key], try areEqual(member.value, other) else { return false }
            }
            return true
        default: return false
        }
    }
}
