/// Writes JSON straight into bytes, a dozen times as fast as Foundation's encoder writes a page of runs.
package struct JSONWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// A writer that has written nothing; `capacity` is a guess of what will come.
    package init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// An object whose fields `body` writes.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        open("{")
        body(&self)
        close("}")
    }

    /// An array of what `element` writes, once for each.
    package mutating func array<Element>(
        _ elements: some Sequence<Element>, _ element: (inout JSONWriter, Element) -> Void
    ) {
        open("[")
        for each in elements { element(&self, each) }
        close("]")
    }

    /// The name of a field; its value is to be written next.
    package mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
        needsComma = false
    }

    /// A name that is not known beforehand; its value is to be written next.
    package mutating func name(_ name: String) {
        text(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A text as a value of its own.
    package mutating func text(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { append(escaping: $0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// An integer as a value of its own.
    package mutating func integer(_ number: Int64) {
        separate()
        bytes.append(contentsOf: "\(number)".utf8)
    }

    /// A number as a value of its own; NaN and infinities as texts, as proto3 has them.
    package mutating func double(_ number: Double) {
        if number.isNaN { return text("NaN") }
        if number.isInfinite { return text(number < 0 ? "-Infinity" : "Infinity") }
        separate()
        bytes.append(contentsOf: "\(number)".utf8)
    }

    /// True or false as a value of its own.
    package mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// A field with a text.
    package mutating func field(_ name: StaticString, _ text: String) {
        self.name(name)
        self.text(text)
    }

    /// A field with a text, unless there is none.
    package mutating func field(_ name: StaticString, _ text: String?) {
        if let text { field(name, text) }
    }

    /// A field with an integer.
    package mutating func field(_ name: StaticString, _ number: Int64) {
        self.name(name)
        integer(number)
    }

    /// A field with an integer, unless there is none.
    package mutating func field(_ name: StaticString, _ number: Int64?) {
        if let number { field(name, number) }
    }

    /// A field with true or false.
    package mutating func field(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bool(value)
    }

    /// A field with an array; nothing for an empty one, as MLflow's servers have it.
    package mutating func field<Element>(
        _ name: StaticString, _ elements: [Element]?, _ element: (inout JSONWriter, Element) -> Void
    ) {
        guard let elements, !elements.isEmpty else { return }
        self.name(name)
        array(elements, element)
    }

    /// Opens what `close` ends: for an object or array that is not written in one go.
    package mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    /// Ends what `open` began.
    package mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    /// What was written since the last time; the writer goes on behind it.
    package mutating func taken() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices {
            let byte = text[index]
            if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
            bytes.append(contentsOf: text[start..<index])
            start = index + 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0a: bytes += Array("\\n".utf8)
            case 0x0d: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            default:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        bytes.append(contentsOf: text[start...])
    }
}
