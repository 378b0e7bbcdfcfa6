package import JMESPath
package import RunModel

/// Where a document goes: to text, or into a tree that can be queried. One description of a document serves both, so that
/// a query sees what would be printed.
package protocol JSONSink {
    /// Begins an object, whose members follow as keys and values in turn.
    mutating func beginObject()
    /// Ends the innermost object.
    mutating func endObject()
    /// Begins an array, whose elements follow.
    mutating func beginArray()
    /// Ends the innermost array.
    mutating func endArray()
    /// The key of the value that follows.
    mutating func key(_ key: String)
    /// A text.
    mutating func write(_ text: String)
    /// An integer.
    mutating func write(_ number: Int)
    /// A number that is finite; `writeNumber` takes any.
    mutating func writeFinite(_ number: Double)
    /// A moment as text: `2026-11-23T23:43:20.531+00:00`.
    mutating func write(_ moment: Timestamp)
    /// Any value.
    mutating func write(_ value: JSONValue)
    /// Nothing.
    mutating func writeNull()
}

extension JSONSink {
    /// A number. JSON has none that are not finite: they become the texts `NaN`, `Infinity` and `-Infinity`, which
    /// JMESPath's `to_number`, Python's `float` and JavaScript's `Number` read.
    package mutating func writeNumber(_ number: Double) {
        if number.isFinite { writeFinite(number) } else { write(JSONNumber(number).description) }
    }

    /// A text, or null.
    package mutating func write(_ text: String?) {
        if let text { write(text) } else { writeNull() }
    }

    /// A moment, or null.
    package mutating func write(_ moment: Timestamp?) {
        if let moment { write(moment) } else { writeNull() }
    }

    /// A key with a text or null.
    package mutating func member(_ key: String, _ text: String?) {
        self.key(key)
        write(text)
    }

    /// A key with a moment or null.
    package mutating func member(_ key: String, _ moment: Timestamp?) {
        self.key(key)
        write(moment)
    }

    /// A key with an integer or null.
    package mutating func member(_ key: String, _ number: Int?) {
        self.key(key)
        if let number { write(number) } else { writeNull() }
    }
}
