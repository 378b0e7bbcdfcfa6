/// What a function was called with. Each argument is taken by the type it must have; another one is an `invalid-type` error.
struct Arguments {
    enum Argument {
        case value(JSONValue)
        case reference(Expression)
    }

    private let function: String
    private let arguments: [Argument]

    init(of function: String, _ arguments: [Argument]) {
        self.function = function
        self.arguments = arguments
    }

    var indices: Range<Int> { arguments.indices }

    /// `any`; an expression is no value.
    func any(_ place: Int) throws(JMESPathError) -> JSONValue {
        guard case .value(let value) = arguments[place] else { throw wrongType(place, "a value") }
        return value
    }

    func number(_ place: Int) throws(JMESPathError) -> JSONNumber {
        guard case .value(.number(let number)) = arguments[place] else { throw wrongType(place, "a number") }
        return number
    }

    func string(_ place: Int) throws(JMESPathError) -> String {
        guard case .value(.string(let text)) = arguments[place] else { throw wrongType(place, "a string") }
        return text
    }

    func array(_ place: Int) throws(JMESPathError) -> [JSONValue] {
        guard case .value(.array(let elements)) = arguments[place] else { throw wrongType(place, "an array") }
        return elements
    }

    func object(_ place: Int) throws(JMESPathError) -> JSONObject {
        guard case .value(.object(let members)) = arguments[place] else { throw wrongType(place, "an object") }
        return members
    }

    func reference(_ place: Int) throws(JMESPathError) -> Expression {
        guard case .reference(let expression) = arguments[place] else { throw wrongType(place, "an &expression") }
        return expression
    }

    /// `array[number]`
    func numbers(_ place: Int) throws(JMESPathError) -> [JSONNumber] {
        guard case .numbers(let numbers) = try sortable(place, "an array of numbers") else {
            throw wrongType(place, "an array of numbers", instead: "an array of strings")
        }
        return numbers
    }

    /// `array[string]`
    func strings(_ place: Int) throws(JMESPathError) -> [String] {
        switch try sortable(place, "an array of strings") {
        case .strings(let strings): return strings
        case .numbers(let numbers) where numbers.isEmpty: return []
        case .numbers: throw wrongType(place, "an array of strings", instead: "an array of numbers")
        }
    }

    /// `array[number]` or `array[string]`; an empty array counts as numbers.
    func sortable(
        _ place: Int, _ expected: String = "an array of numbers or one of strings"
    ) throws(JMESPathError) -> Sortable {
        let array = try array(place)
        guard let sortable = Sortable(array) else {
            throw wrongType(place, expected, instead: "an array with other elements")
        }
        return sortable
    }

    /// `expected` is what it must be, with its article.
    func wrongType(_ place: Int, _ expected: String, instead: String? = nil) -> JMESPathError {
        let found =
            switch arguments[place] {
            case .value(let value): Self.article(value.typeName)
            case .reference: "an &expression"
            }
        return JMESPathError(
            .invalidType, "argument \(place + 1) of \(function)() must be \(expected) and is \(instead ?? found)")
    }

    /// `keys` are what the expression gave for the elements.
    func wrongKeys(_ keys: [JSONValue]) -> JMESPathError {
        let types = keys.map(\.typeName)
        let other = types.first { $0 != "number" && $0 != "string" }
        let found = other.map { "gives \(Self.article($0))" } ?? "gives both"
        return JMESPathError(
            .invalidType, "the expression of \(function)() must give only numbers or only strings and \(found)")
    }

    private static func article(_ type: String) -> String {
        type == "null" ? type : (type == "array" || type == "object" ? "an " : "a ") + type
    }
}
