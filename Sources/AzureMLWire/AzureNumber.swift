/// A double that the service writes as `NaN`, `Infinity` or `-Infinity` in quotes where JSON has no number for it, and
/// which Python's `float` reads back.
package struct AzureNumber: Codable, Sendable, Equatable {
    /// The number, which may be NaN or infinite.
    package var value: Double

    /// A number to be sent.
    package init(_ value: Double) { self.value = value }

    /// Throws for what is neither a number nor a text of one.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            value = number
        } else if let number = Double(try container.decode(String.self)) {
            value = number
        } else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a number")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let word = Self.word(for: value) { try container.encode(word) } else { try container.encode(value) }
    }

    /// How a number is spelled that JSON has no number for; nil for all others.
    package static func word(for value: Double) -> String? {
        if value.isNaN { return "NaN" }
        return value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : nil
    }
}
