extension Expression.Node {
    /// The expressions in it.
    var parts: [Expression] {
        switch self {
        case .current, .field, .literal, .index, .slice: []
        case .chain(let parts), .or(let parts), .and(let parts), .list(let parts): parts
        case .not(let operand), .flatten(let operand): [operand]
        case .comparison(_, let left, let right): [left, right]
        case .object(let members): members.map(\.value)
        case .listProjection(let source, let body), .objectProjection(let source, let body): [source, body]
        case .filter(let source, let condition, let body): [source, condition, body]
        case .function(_, let arguments): arguments.map(\.expression)
        }
    }

    /// An upper bound, from those of its parts.
    func addedDepth(_ parts: some Collection<Int>) -> Int {
        switch self {
        case .literal(let value): value.depth
        case .list, .object: 1 + (parts.max() ?? 0)
        case .or, .and: parts.max() ?? 0
        case .not, .comparison: 0
        case .function("to_array", _): 1 + parts.reduce(0, +)
        default: parts.reduce(0, +)
        }
    }
}
