package import JMESPath
import Yams

/// A value as YAML 1.1 that reads back as the same value: whatever could be taken for something else is quoted.
package enum YAMLText {
    /// With a newline at its end. Throws for what the library cannot write.
    package static func text(of value: JSONValue) throws -> String {
        try serialize(node: node(value), indent: 2, width: -1, allowUnicode: true)
    }

    private static func node(_ value: JSONValue) -> Node {
        switch value {
        case .null: Node("null", Tag(.null), .plain)
        case .bool(let value): Node(value ? "true" : "false", Tag(.bool), .plain)
        case .number(let number): Node(number.yaml, Tag(number.isInteger ? .int : .float), .plain)
        case .string(let text): Node(text, Tag(.str), isPlain(text) ? .plain : .doubleQuoted)
        case .array(let elements): Node(elements.map(node), Tag(.seq), .block)
        case .object(let members):
            Node(members.pairs.map { (node(.string($0.key)), node($0.value)) }, Tag(.map), .block)
        }
    }

    /// Words that YAML 1.1 takes for something other than a text, in lower case.
    private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " ") else { return false }
        let isSafe = text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || " ._/-".utf8.contains($0) }
        return isSafe && !words.contains(text.lowercased())
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}

extension JSONNumber {
    /// What is not finite has other names than in JSON.
    fileprivate var yaml: String {
        if isInteger || double.isFinite { return description }
        return double.isNaN ? ".nan" : double < 0 ? "-.inf" : ".inf"
    }
}
