extension FilterComparator {
    /// What it asks of one text, or of the lack of one, as a filter with these values would; false where it asks nothing.
    package func holds(for text: String?, _ values: [String]) -> Bool {
        switch self {
        case .isNull: return text == nil
        case .isNotNull: return text != nil
        default:
            guard let text else { return false }
            var patterns: [String: RegularExpression] = [:]
            if self == .matches || self == .notMatches, let value = values.first {
                patterns[value] = try? RegularExpression(value)
            }
            guard let test = TextTest(positive ?? self, values, patterns: patterns) else { return false }
            return test.passes(text) != (positive != nil)
        }
    }

    /// What it asks of one number, or of the lack of one; false where it asks nothing.
    package func holds(for number: Double?, _ value: Double) -> Bool {
        switch self {
        case .isNull: number == nil
        case .isNotNull: number != nil
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal: number.map { orders($0, value) } ?? false
        case .notEqual: number.map { $0 != value } ?? false
        default: false
        }
    }
}
