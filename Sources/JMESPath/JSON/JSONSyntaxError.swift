/// Why a text is no JSON, and where.
package struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    /// A clause for a person.
    package let reason: String
    /// The first is 1.
    package let line: Int
    /// In bytes; the first is 1.
    package let column: Int
    /// Whether it may well be JSON, but is not read for its depth.
    let isTooDeep: Bool

    init(_ reason: String, at offset: Int, of bytes: [UInt8], isTooDeep: Bool = false) {
        self.isTooDeep = isTooDeep
        let before = bytes.prefix(offset)
        self.reason = reason
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        column = 1 + offset - ((before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
    }

    /// One sentence.
    package var description: String { "line \(line), column \(column): \(reason)." }
}
