/// Remembers the last line that says something, to tell why a command failed.
struct LastLine: Sendable {
    /// A longer line is cut; an exception's line is the reason, not the whole story.
    private static let limit = 400

    private var current: [UInt8] = []
    private var complete: [UInt8] = []

    /// Progress bars end their lines with a carriage return, so both count.
    mutating func add(_ bytes: [UInt8]) {
        // Only the end matters: anything before it would be overwritten by later lines.
        for byte in bytes.suffix(8 * Self.limit) {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if current.contains(where: { $0 > UInt8(ascii: " ") }) { complete = current }
                current.removeAll(keepingCapacity: true)
            } else if current.count < 4 * Self.limit {
                current.append(byte)
            }
        }
    }

    /// Without control characters, escape sequences and outer blanks; nil when there was none.
    var text: String? {
        let line = current.contains { $0 > UInt8(ascii: " ") } ? current : complete
        let plain = PlainText.of(String(decoding: line, as: UTF8.self))
        return plain.isEmpty ? nil : String(plain.prefix(Self.limit))
    }
}
