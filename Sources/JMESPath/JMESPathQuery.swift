/// One JMESPath expression, read once and applied to any number of values.
///
/// Follows the specification of jmespath.org, and where scripts for `az … --query` may count on it, jmespath.py 1.0.1, which
/// is behind that: texts are ordered, `to_number` reads what Python reads, some commas may be missing. It differs from
/// jmespath.py, as the specification wants, in these places:
/// - `true` and `1` differ inside arrays and objects too, and for `contains`.
/// - A slice right after an index, as in `[0][1:3].name`, begins a projection like every other slice.
/// - `&expression` is an argument of a function that takes one, and nothing else.
/// - Every argument of `merge` is an object.
/// - What makes jmespath.py fail with an error of Python's has a result or an error class.
///
/// No Swift text can hold half of a surrogate pair; it becomes U+FFFD.
package struct JMESPathQuery: Sendable {
    private let expression: Expression

    /// Throws a `syntax` error, with its place, for what is no expression; functions are looked up when it is applied.
    package init(_ text: String) throws(JMESPathError) {
        expression = try Parser.parse(text)
    }

    /// What the expression makes of `value`, which may be nested as deep as `JSONReader` allows.
    /// - Parameter steps: How many elements may be looked at or made before a `limit-exceeded` error ends it; by default
    ///   some seconds' work.
    package func search(_ value: JSONValue, steps: Int = 1 << 26) throws(JMESPathError) -> JSONValue {
        var evaluator = Evaluator(steps: steps)
        return try evaluator.evaluate(expression, on: value)
    }
}
