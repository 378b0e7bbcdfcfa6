extension Filter {
    /// Whether the same unchanged run can match now and not a minute later.
    package var dependsOnTime: Bool { expression.dependsOnTime }
}

extension FilterExpression {
    fileprivate var dependsOnTime: Bool {
        switch self {
        case .and(let parts), .or(let parts): parts.contains(where: \.dependsOnTime)
        case .not(let part): part.dependsOnTime
        case .comparison(let comparison): comparison.key == .age || comparison.key == .duration
        case .bareWord: false
        }
    }
}
