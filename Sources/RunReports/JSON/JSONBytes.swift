package import JMESPath
package import RunModel

/// A document as text, written piece by piece: a list of any length takes the memory of one piece.
package struct JSONBytes: JSONSink {
    private let layout: JSONWriter.Layout
    /// What was written since `take`.
    private var bytes: [UInt8] = []
    private var level = 0
    /// Nothing was written yet into the innermost array or object.
    private var isFirst = true
    private var followsKey = false

    /// Nothing written yet.
    package init(_ layout: JSONWriter.Layout) { self.layout = layout }

    /// How much waits to be taken.
    package var count: Int { bytes.count }

    /// What was written since the last call.
    package mutating func take() -> [UInt8] {
        let taken = bytes
        bytes.removeAll(keepingCapacity: true)
        return taken
    }

    /// Hands over what was written since the last call, and keeps the memory.
    package mutating func drain<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        try body(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Ends a line between documents.
    package mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    /// Begins an object.
    package mutating func beginObject() { begin(UInt8(ascii: "{")) }
    /// Ends it.
    package mutating func endObject() { end(UInt8(ascii: "}")) }
    /// Begins an array.
    package mutating func beginArray() { begin(UInt8(ascii: "[")) }
    /// Ends it.
    package mutating func endArray() { end(UInt8(ascii: "]")) }

    /// The key of the value that follows.
    package mutating func key(_ key: String) {
        separate()
        JSONWriter.append(key, escaping: .unprintable, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if layout == .indented { bytes.append(UInt8(ascii: " ")) }
        followsKey = true
    }

    /// A text.
    package mutating func write(_ text: String) {
        beginValue()
        JSONWriter.append(text, escaping: .unprintable, to: &bytes)
    }

    /// An integer.
    package mutating func write(_ number: Int) {
        beginValue()
        bytes += String(number).utf8
    }

    /// A finite number.
    package mutating func writeFinite(_ number: Double) {
        beginValue()
        // Where Swift's own form is the one that `JSONNumber` writes, it is the faster way to it.
        let isPlain = (1e-4..<1e15).contains(number.magnitude)
        var text = isPlain ? number.description : JSONNumber(number).description
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// A moment.
    package mutating func write(_ moment: Timestamp) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        MomentText.append(moment, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Any value.
    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value):
            beginValue()
            bytes += (value ? "true" : "false").utf8
        case .number(let number): writeAny(number)
        case .string(let text): write(text)
        case .array(let elements):
            beginArray()
            for element in elements { write(element) }
            endArray()
        case .object(let members):
            beginObject()
            for (key, value) in members.pairs {
                self.key(key)
                write(value)
            }
            endObject()
        }
    }

    /// Nothing.
    package mutating func writeNull() {
        beginValue()
        bytes += "null".utf8
    }

    /// Integers of any size keep their digits.
    private mutating func writeAny(_ number: JSONNumber) {
        if !number.double.isFinite && !number.isInteger { return write(number.description) }
        beginValue()
        bytes += number.description.utf8
    }

    private mutating func begin(_ bracket: UInt8) {
        beginValue()
        bytes.append(bracket)
        level += 1
        isFirst = true
    }

    private mutating func end(_ bracket: UInt8) {
        level -= 1
        if !isFirst { breakLine() }
        bytes.append(bracket)
        isFirst = false
    }

    private mutating func beginValue() {
        if followsKey { followsKey = false } else { separate() }
    }

    /// Before a member or an element; nothing stands around the outermost value.
    private mutating func separate() {
        if level == 0 { return }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        breakLine()
    }

    private mutating func breakLine() {
        guard layout == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }
}
