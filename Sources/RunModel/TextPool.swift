/// Shares one copy of each text that many rows repeat: keys, experiment names, users.
///
/// A text of up to 15 bytes lives inside its `String` value, so only longer ones are worth looking up. A pool keeps
/// every longer text it gave out, so it should live no longer than the page that it is used for.
package struct TextPool {
    private var known: [UInt64: String] = [:]

    /// A pool that knows no text yet.
    package init() {}

    /// The text whose UTF-8 this is; what is no valid UTF-8 becomes U+FFFD.
    package mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.count > 15 else { return String(decoding: bytes, as: UTF8.self) }
        // A collision only costs a copy.
        var hash = StableHash()
        hash.add(bytes)
        let key = hash.value
        if let found = known[key], found.utf8.elementsEqual(bytes) { return found }
        let text = String(decoding: bytes, as: UTF8.self)
        known[key] = text
        return text
    }
}
