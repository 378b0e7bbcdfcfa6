extension FilterExpression {
    /// The conditions that all have to hold. Parentheses around the like of what is around them mean nothing, so they
    /// leave no trace.
    package var conjuncts: [FilterExpression] { if case .and(let parts) = self { parts } else { [self] } }

    /// The key that all its comparisons look at; nil when they look at several, or at what no key names.
    package var onlyKey: FilterKey? {
        switch self {
        case .comparison(let comparison): return comparison.key
        case .not(let part): return part.onlyKey
        case .bareWord: return nil
        case .and(let parts), .or(let parts):
            guard let key = parts.first?.onlyKey, parts.allSatisfy({ $0.onlyKey == key }) else { return nil }
            return key
        }
    }
}
