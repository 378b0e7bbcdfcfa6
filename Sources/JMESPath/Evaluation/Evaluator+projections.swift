extension Evaluator {
    /// What `body` makes of each element for which `condition` is true, without nulls.
    mutating func project(
        _ body: Expression, on elements: [JSONValue], where condition: Expression? = nil
    ) throws(JMESPathError) -> JSONValue {
        var results: [JSONValue] = []
        for element in elements {
            try spend()
            if let condition, !(try evaluate(condition, on: element)).isTrue { continue }
            let result = try evaluate(body, on: element)
            if !result.isNull { results.append(result) }
        }
        return .array(results)
    }

    /// Puts the elements of arrays in an array in the place of these, one level deep.
    mutating func flatten(_ value: JSONValue) throws(JMESPathError) -> JSONValue {
        guard case .array(let elements) = value else { return .null }
        var merged: [JSONValue] = []
        for element in elements {
            if case .array(let inner) = element {
                try spend(inner.count)
                merged += inner
            } else {
                try spend()
                merged.append(element)
            }
        }
        return .array(merged)
    }
}
