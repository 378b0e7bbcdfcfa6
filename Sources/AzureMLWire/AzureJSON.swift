/// Any JSON, for what is kept and given back without being understood.
package enum AzureJSON: Codable, Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([AzureJSON])
    case object([String: AzureJSON])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([AzureJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: AzureJSON].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(AzureNumber(value))
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// The member of an object; nil for what is no object or has no such member.
    package subscript(key: String) -> AzureJSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// Nil for what is no text.
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// Nil for what is no object.
    package var members: [String: AzureJSON]? { if case .object(let members) = self { members } else { nil } }

    /// Nil for what is no list.
    package var items: [AzureJSON]? { if case .list(let items) = self { items } else { nil } }

    /// Nil for what is neither true nor false.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
}
