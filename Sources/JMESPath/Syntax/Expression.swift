/// What an expression means.
struct Expression: Sendable {
    indirect enum Node: Sendable {
        /// `@`
        case current
        case field(String)
        case literal(JSONValue)
        case index(Int)
        case slice(Slice)
        /// Each applied to what the one before it gave: `a.b`, `a[0]`, `a | b`.
        case chain([Expression])
        case or([Expression])
        case and([Expression])
        case not(Expression)
        case comparison(Comparison, Expression, Expression)
        case list([Expression])
        case object([(key: String, value: Expression)])
        case flatten(Expression)
        /// `body` for each element of what `source` gives.
        case listProjection(source: Expression, body: Expression)
        case objectProjection(source: Expression, body: Expression)
        case filter(source: Expression, condition: Expression, body: Expression)
        case function(String, [Argument])
    }

    /// `[start:stop:step]`
    struct Slice: Sendable {
        var start: Int?
        var stop: Int?
        var step: Int?
    }

    /// Of a function.
    enum Argument: Sendable {
        case value(Expression)
        /// `&expression`, which the function applies itself.
        case reference(Expression)

        var expression: Expression {
            switch self {
            case .value(let expression), .reference(let expression): expression
            }
        }
    }

    let node: Node
    /// How deep it is nested.
    let depth: Int
    /// How much deeper than its input its result can be nested.
    let addedDepth: Int

    static let current = Expression(.current)

    init(_ node: Node) {
        self.node = node
        let parts = node.parts
        depth = 1 + (parts.lazy.map(\.depth).max() ?? 0)
        addedDepth = node.addedDepth(parts.lazy.map(\.addedDepth))
    }
}
