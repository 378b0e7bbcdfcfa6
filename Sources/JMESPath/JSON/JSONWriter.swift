/// Writes JSON, keys in their order.
package struct JSONWriter {
    /// How it is laid out.
    package enum Layout: Sendable {
        /// Without white space.
        case compact
        /// A line for each value, two spaces for each level, as `az` prints it.
        case indented
    }

    /// Which characters of texts are written as `\u` escapes; any reader gets the same text back.
    package enum Escaping: Sendable {
        /// All that are not ASCII, as Python's `json.dumps` does and therefore `to_string`.
        case nonASCII
        /// Only those that could steer a terminal, reorder what is around them or hide.
        case unprintable
    }

    private let layout: Layout
    private let limit: Int
    private let escaping: Escaping
    private var output: [UInt8] = []

    private init(_ layout: Layout, _ escaping: Escaping, limit: Int) {
        self.layout = layout
        self.limit = limit
        self.escaping = escaping
    }

    /// `value` as a text without a newline at its end.
    ///
    /// A text can be far larger than what it was made of: `[@, @] | [@, @] | …` doubles it each time. So a value is not
    /// begun after `limit` bytes, and a `limit-exceeded` error thrown instead.
    package static func text(
        of value: JSONValue, layout: Layout, escaping: Escaping, limit: Int = 1 << 29
    ) throws(JMESPathError) -> String {
        var writer = JSONWriter(layout, escaping, limit: limit)
        try writer.write(value, level: 0)
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// `value` as bytes, as an element that many levels deep is laid out: for what is written piece by piece.
    package static func append(
        _ value: JSONValue, layout: Layout, escaping: Escaping, level: Int, limit: Int = 1 << 29,
        to output: inout [UInt8]
    ) throws(JMESPathError) {
        var writer = JSONWriter(layout, escaping, limit: limit)
        try writer.write(value, level: level)
        output += writer.output
    }

    private mutating func write(_ value: JSONValue, level: Int) throws(JMESPathError) {
        if output.count > limit { throw JMESPathError(.limitExceeded, "the result takes more than \(limit) bytes") }
        switch value {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let number): output += number.description.utf8
        case .string(let text): Self.append(text, escaping: escaping, to: &output)
        case .array(let elements):
            begin("[")
            for (place, element) in elements.enumerated() {
                separate(isFirst: place == 0, level: level + 1)
                try write(element, level: level + 1)
            }
            end("]", isEmpty: elements.isEmpty, level: level)
        case .object(let members):
            begin("{")
            for (place, member) in members.pairs.enumerated() {
                separate(isFirst: place == 0, level: level + 1)
                Self.append(member.key, escaping: escaping, to: &output)
                output += (layout == .compact ? ":" : ": ").utf8
                try write(member.value, level: level + 1)
            }
            end("}", isEmpty: members.isEmpty, level: level)
        }
    }

    private mutating func begin(_ bracket: Unicode.Scalar) { output.append(UInt8(ascii: bracket)) }

    private mutating func separate(isFirst: Bool, level: Int) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        breakLine(level)
    }

    private mutating func end(_ bracket: Unicode.Scalar, isEmpty: Bool, level: Int) {
        if !isEmpty { breakLine(level) }
        output.append(UInt8(ascii: bracket))
    }

    private mutating func breakLine(_ level: Int) {
        guard layout == .indented else { return }
        output.append(UInt8(ascii: "\n"))
        output += repeatElement(UInt8(ascii: " "), count: 2 * level)
    }
}
