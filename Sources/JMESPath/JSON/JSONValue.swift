/// A JSON value that keeps what Foundation's does not: the order of keys, and numbers exactly.
package enum JSONValue: Sendable {
    /// Also what an absent key has for its value in JMESPath.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// Any number; `1` and `1.0` are equal, and written differently.
    case number(JSONNumber)
    /// Equal only to the same scalars.
    case string(String)
    /// In order.
    case array([JSONValue])
    /// In the order of insertion.
    case object(JSONObject)

    /// 0 for what holds nothing, else one more than the deepest value in it.
    var depth: Int {
        switch self {
        case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.values.lazy.map(\.depth).max() ?? 0)
        default: 0
        }
    }

    /// As JMESPath names it.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// False for null, false, and an empty string, array or object. 0 is true.
    var isTrue: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .number: true
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        }
    }

    /// Whether there is no value.
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
