/// FNV-1a, 64 bits: the same in every process and for ever, unlike Swift's own. Nothing against those who want two texts to
/// have the same.
package struct StableHash: Sendable {
    /// Of what was added so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Of nothing.
    package init() {}

    /// Of a text.
    package init(_ text: String) { add(text.utf8) }

    /// Adds bytes.
    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }

    /// The value as 16 digits, without anything that a path could not hold.
    package var digits: String { Self.digits(value) }

    /// A value as 16 digits.
    package static func digits(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
