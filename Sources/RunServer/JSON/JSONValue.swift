/// A JSON value of a request, before anything is demanded of it.
enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Anything else that is a number; NaN and infinities too, which Python writes as bare words.
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object(JSONObject)

    /// Nil for what is no text.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// Nil for what is no array.
    var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

    /// Nil for what is no object.
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// Nil for what is neither true nor false.
    var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

    /// A 64-bit integer that is written as a number or as a text, as proto3 has it; a fraction is cut off.
    var int64: Int64? {
        switch self {
        case .integer(let number): number
        case .number(let number): Int64(exactly: number.rounded(.towardZero))
        case .text(let text): Int64(text)
        default: nil
        }
    }

    /// A number that is written as one or as a text, such as `NaN`.
    var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .text(let text): Double(text)
        default: nil
        }
    }
}

/// The members of a JSON object in their order.
struct JSONObject: Sendable, Equatable {
    private struct Member: Sendable, Equatable {
        var name: String
        var value: JSONValue
    }

    private var members: [Member] = []

    /// Nil for a name that is not there; of a name that comes twice the last counts, as in Python.
    subscript(name: String) -> JSONValue? { members.last { $0.name == name }?.value }

    /// Names in their order, with repetitions.
    var names: [String] { members.map(\.name) }

    mutating func append(_ name: String, _ value: JSONValue) { members.append(Member(name: name, value: value)) }
}
