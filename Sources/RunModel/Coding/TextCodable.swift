/// A value that is written as its text alone.
package protocol TextCodable: Codable {
    /// As it is written.
    var text: String { get }

    /// Takes up what was written.
    init(_ text: String)
}

extension TextCodable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension RunID: TextCodable {}
extension ExperimentID: TextCodable {}
