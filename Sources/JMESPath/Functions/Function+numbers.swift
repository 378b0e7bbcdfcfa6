extension Function {
    static let onNumbers = [
        Function("abs", 1) { (arguments, _) throws(JMESPathError) in
            .number(try arguments.number(0).magnitude)
        },
        Function("avg", 1) { (arguments, evaluator) throws(JMESPathError) in
            let numbers = try arguments.numbers(0)
            if numbers.isEmpty { return .null }
            return .number(JSONNumber(try evaluator.sum(numbers).double / Double(numbers.count)))
        },
        Function("ceil", 1) { (arguments, _) throws(JMESPathError) in
            .number(try arguments.number(0).rounded(.up))
        },
        Function("floor", 1) { (arguments, _) throws(JMESPathError) in
            .number(try arguments.number(0).rounded(.down))
        },
        Function("sum", 1) { (arguments, evaluator) throws(JMESPathError) in
            .number(try evaluator.sum(arguments.numbers(0)))
        },
    ]
}

extension Evaluator {
    /// From the first to the last, exact for integers up to the first double.
    fileprivate mutating func sum(_ numbers: [JSONNumber]) throws(JMESPathError) -> JSONNumber {
        try spend(numbers.count)
        return numbers.reduce(JSONNumber(0), +)
    }
}
