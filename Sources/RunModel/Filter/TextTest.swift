/// What a comparison asks of one text that is there.
package enum TextTest: Sendable {
    case equals(String)
    case isOne(of: [String])
    case contains(CaseInsensitiveText)
    case like(LikePattern)
    case matches(RegularExpression)
    case isOrdered(FilterComparator, String)
    case isOrderedAsNumber(FilterComparator, Double)

    /// Nil when `comparator` asks nothing of a text. It is a positive one; negation is its user's business.
    init?(_ comparator: FilterComparator, _ values: [String], patterns: [String: RegularExpression]) {
        guard let value = values.first else { return nil }
        switch comparator {
        case .equal: self = .equals(value)
        case .isIn: self = .isOne(of: values)
        case .contains: self = .contains(CaseInsensitiveText(value))
        case .like: self = .like(LikePattern(value, ignoresCase: false))
        case .ilike: self = .like(LikePattern(value, ignoresCase: true))
        case .matches:
            guard let pattern = patterns[value] else { return nil }
            self = .matches(pattern)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            self = Double(value).map { .isOrderedAsNumber(comparator, $0) } ?? .isOrdered(comparator, value)
        case .notEqual, .notMatches, .notLike, .notILike, .isNotIn, .isNull, .isNotNull: return nil
        }
    }

    /// Whether a text is as the comparison asks.
    package func passes(_ text: String) -> Bool {
        switch self {
        case .equals(let value): text == value
        case .isOne(let values): values.contains(text)
        case .contains(let part): part.isContained(in: text)
        case .like(let pattern): pattern.matches(text)
        case .matches(let pattern): pattern.matches(text)
        case .isOrdered(let comparator, let value): comparator.orders(text, value)
        case .isOrderedAsNumber(let comparator, let value): Double(text).map { comparator.orders($0, value) } ?? false
        }
    }
}

extension FilterComparator {
    /// Whether `left` and `right` are in the order, or the equality, that this comparator names.
    func orders<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        default: left == right
        }
    }
}
