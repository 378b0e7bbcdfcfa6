/// The value of a tag or a property: a text, or a number or a truth value that a client forgot to quote.
package struct AzureText: Codable, Sendable, Equatable {
    /// As it is kept.
    package var text: String

    /// A text to be sent.
    package init(_ text: String) { self.text = text }

    /// Throws for lists and objects.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            text = value
        } else if let value = try? container.decode(Bool.self) {
            // As Python writes them, for the only client that sends them does.
            text = value ? "True" : "False"
        } else if let value = try? container.decode(Int64.self) {
            text = String(value)
        } else {
            text = String(try container.decode(Double.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
