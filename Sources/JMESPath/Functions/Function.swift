/// A built-in function.
struct Function: Sendable {
    typealias Body = @Sendable (Arguments, inout Evaluator) throws(JMESPathError) -> JSONValue

    let name: String
    /// How many arguments it takes, or takes at least.
    let arity: Int
    let isVariadic: Bool
    /// Takes its arguments in order, each with the type it must have, before it does anything with them.
    let body: Body

    init(_ name: String, _ arity: Int, isVariadic: Bool = false, body: @escaping Body) {
        self.name = name
        self.arity = arity
        self.isVariadic = isVariadic
        self.body = body
    }

    static let named: [String: Function] = {
        let all = [onNumbers, onStrings, onArrays, onObjects, byExpression, onAnything].joined()
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    }()

    func check(_ count: Int) throws(JMESPathError) {
        if isVariadic ? count >= arity : count == arity { return }
        let expected = "\(isVariadic ? "at least " : "")\(arity) argument\(arity == 1 ? "" : "s")"
        throw JMESPathError(.invalidArity, "\(name)() takes \(expected), and \(count) came")
    }
}
