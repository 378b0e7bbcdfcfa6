extension Evaluator {
    /// Arguments first, so that an error in one of them comes before an unknown name, as in jmespath.py.
    mutating func call(
        _ name: String, _ arguments: [Expression.Argument], on value: JSONValue
    ) throws(JMESPathError) -> JSONValue {
        var results: [Arguments.Argument] = []
        for argument in arguments {
            switch argument {
            case .value(let expression): results.append(.value(try evaluate(expression, on: value)))
            case .reference(let expression): results.append(.reference(expression))
            }
        }
        guard let function = Function.named[name] else {
            throw JMESPathError(.unknownFunction, "there is no function \(name)()")
        }
        try function.check(results.count)
        return try function.body(Arguments(of: name, results), &self)
    }
}
