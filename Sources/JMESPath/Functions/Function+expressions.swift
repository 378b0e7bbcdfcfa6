extension Function {
    /// Those that take an `&expression` and apply it to each element of an array.
    static let byExpression = [
        Function("map", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (expression, elements) = (try arguments.reference(0), try arguments.array(1))
            return .array(try evaluator.results(of: expression, on: elements))
        },
        Function("max_by", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (elements, expression) = (try arguments.array(0), try arguments.reference(1))
            let keys = try evaluator.keys(of: elements, by: expression, arguments)
            return keys.greatest.map { elements[$0] } ?? .null
        },
        Function("min_by", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (elements, expression) = (try arguments.array(0), try arguments.reference(1))
            let keys = try evaluator.keys(of: elements, by: expression, arguments)
            return keys.least.map { elements[$0] } ?? .null
        },
        Function("sort_by", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (elements, expression) = (try arguments.array(0), try arguments.reference(1))
            let keys = try evaluator.keys(of: elements, by: expression, arguments)
            return .array(keys.sortedPlaces.map { elements[$0] })
        },
    ]
}

extension Evaluator {
    fileprivate mutating func results(
        of expression: Expression, on elements: [JSONValue]
    ) throws(JMESPathError) -> [JSONValue] {
        var results: [JSONValue] = []
        for element in elements {
            try spend()
            results.append(try evaluate(expression, on: element))
        }
        return results
    }

    /// What elements are compared by: all numbers, or all strings.
    fileprivate mutating func keys(
        of elements: [JSONValue], by expression: Expression, _ arguments: Arguments
    ) throws(JMESPathError) -> Sortable {
        let keys = try results(of: expression, on: elements)
        if let sortable = Sortable(keys) { return sortable }
        throw arguments.wrongKeys(keys)
    }
}
