package import JMESPath
package import RunModel

/// A document as a value, for queries and for formats other than JSON.
package struct JSONTree: JSONSink {
    private enum Frame {
        case object(JSONObject, key: String)
        case array([JSONValue])
    }

    private var frames: [Frame] = []
    /// Null until a whole value was written.
    package private(set) var value = JSONValue.null

    /// Nothing written yet.
    package init() {}

    /// What `body` writes.
    package static func value(_ body: (inout JSONTree) -> Void) -> JSONValue {
        var tree = JSONTree()
        body(&tree)
        return tree.value
    }

    /// Begins an object.
    package mutating func beginObject() { frames.append(.object(JSONObject(), key: "")) }
    /// Begins an array.
    package mutating func beginArray() { frames.append(.array([])) }
    /// Ends it.
    package mutating func endObject() { end() }
    /// Ends it.
    package mutating func endArray() { end() }

    /// The key of the value that follows.
    package mutating func key(_ key: String) {
        guard case .object(let members, _)? = frames.popLast() else { return }
        frames.append(.object(members, key: key))
    }

    /// A text.
    package mutating func write(_ text: String) { write(JSONValue.string(text)) }
    /// An integer.
    package mutating func write(_ number: Int) { write(JSONValue.number(JSONNumber(number))) }
    /// A finite number.
    package mutating func writeFinite(_ number: Double) { write(JSONValue.number(JSONNumber(number))) }
    /// A moment.
    package mutating func write(_ moment: Timestamp) { write(JSONValue.string(MomentText.utc(moment))) }
    /// Nothing.
    package mutating func writeNull() { write(JSONValue.null) }

    /// Any value.
    package mutating func write(_ value: JSONValue) {
        switch frames.popLast() {
        case .object(var members, let key)?:
            members[key] = value
            frames.append(.object(members, key: key))
        case .array(var elements)?:
            elements.append(value)
            frames.append(.array(elements))
        case nil: self.value = value
        }
    }

    private mutating func end() {
        switch frames.popLast() {
        case .object(let members, _)?: write(JSONValue.object(members))
        case .array(let elements)?: write(JSONValue.array(elements))
        case nil: break
        }
    }
}
