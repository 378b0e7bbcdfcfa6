extension Filter {
    /// Whether the same unchanged run can match now and not a minute later.
    package var dependsOnTime: Bool { expression.dependsOnTime }
}

extension Filter {
    /// Whether marks that runs do not show by themselves can decide.
    package var asksForAttention: Bool { expression.asksForAttention }
}

extension FilterExpression {
    fileprivate var asksForAttention: Bool {
        switch self {
        case .and(let parts), .or(let parts): parts.contains(where: \.asksForAttention)
        case .not(let part): part.asksForAttention
        case .comparison(let comparison): comparison.key == .attention
        case .bareWord: false
        }
    }

    fileprivate var dependsOnTime: Bool {
        switch self {
        case .and(let parts), .or(let parts): parts.contains(where: \.dependsOnTime)
        case .not(let part): part.dependsOnTime
        case .comparison(let comparison): [.age, .duration, .attention].contains(comparison.key)
        case .bareWord: false
        }
    }
}
