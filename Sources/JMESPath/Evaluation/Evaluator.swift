/// Applies an expression, and stops when that takes too many steps.
struct Evaluator {
    /// How many are left.
    private(set) var steps: Int

    /// To be told of every element that is looked at or made, before it is.
    mutating func spend(_ count: Int = 1) throws(JMESPathError) {
        steps -= count
        if steps < 0 {
            throw JMESPathError(.limitExceeded, "the query takes too many steps; select less data first")
        }
    }

    static let bytesPerStep = 16

    /// To be told of every text that is made.
    mutating func spend(bytes count: Int) throws(JMESPathError) { try spend(count / Self.bytesPerStep) }

    mutating func evaluate(_ expression: Expression, on value: JSONValue) throws(JMESPathError) -> JSONValue {
        switch expression.node {
        case .current: return value
        case .literal(let literal): return literal
        case .field(let name):
            guard case .object(let members) = value else { return .null }
            return members[name] ?? .null
        case .index(let index): return element(index, of: value)
        case .slice(let bounds): return try slice(bounds, of: value)
        case .chain(let parts):
            var result = value
            for part in parts { result = try evaluate(part, on: result) }
            return result
        case .or(let operands): return try firstOperand(operands, on: value) { $0.isTrue }
        case .and(let operands): return try firstOperand(operands, on: value) { !$0.isTrue }
        case .not(let operand): return .bool(!(try evaluate(operand, on: value)).isTrue)
        case .comparison(let comparison, let left, let right):
            let operand = try evaluate(left, on: value)
            return try compare(operand, comparison, evaluate(right, on: value))
        case .list(let elements):
            if value.isNull { return .null }
            return .array(try evaluate(elements, on: value))
        case .object(let members):
            if value.isNull { return .null }
            var object = JSONObject()
            for member in members { object[member.key] = try evaluate(member.value, on: value) }
            return .object(object)
        case .flatten(let source): return try flatten(evaluate(source, on: value))
        case .listProjection(let source, let body):
            guard case .array(let elements) = try evaluate(source, on: value) else { return .null }
            return try project(body, on: elements)
        case .objectProjection(let source, let body):
            guard case .object(let members) = try evaluate(source, on: value) else { return .null }
            return try project(body, on: members.values)
        case .filter(let source, let condition, let body):
            guard case .array(let elements) = try evaluate(source, on: value) else { return .null }
            return try project(body, on: elements, where: condition)
        case .function(let name, let arguments): return try call(name, arguments, on: value)
        }
    }

    /// All on the same value.
    private mutating func evaluate(
        _ expressions: [Expression], on value: JSONValue
    ) throws(JMESPathError) -> [JSONValue] {
        var results: [JSONValue] = []
        for expression in expressions { results.append(try evaluate(expression, on: value)) }
        return results
    }

    /// The first that decides, or the last; those behind it are not applied.
    private mutating func firstOperand(
        _ operands: [Expression], on value: JSONValue, decides: (JSONValue) -> Bool
    ) throws(JMESPathError) -> JSONValue {
        var result = JSONValue.null
        for operand in operands {
            result = try evaluate(operand, on: value)
            if decides(result) { break }
        }
        return result
    }
}
