#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A text that equals only the same bytes.
///
/// Swift's texts are equal when they look equal: `é` written as one scalar or as two. To every store and server these are
/// two keys, so ids and keys are compared by their UTF-8 here; for dictionaries they are wrapped in this.
package struct ExactText: Hashable, Comparable, Sendable {
    /// As it was given.
    package let text: String

    /// Takes any text, empty ones too.
    package init(_ text: String) { self.text = text }

    /// By their bytes.
    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

    /// By their bytes.
    package static func < (left: ExactText, right: ExactText) -> Bool { left.text.isBefore(right.text) }

    /// Equal texts of Swift's have equal hashes, so those of equal bytes do too.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension String {
    /// Whether `other` has the same UTF-8.
    @inline(__always)
    package func isExactly(_ other: String) -> Bool {
        // Most texts differ, which Swift's own comparison tells fastest.
        self == other && order(beside: other) == 0
    }

    /// Whether this text comes before `other` in the order of their UTF-8, which is SQLite's and that of scalars.
    @inline(__always)
    package func isBefore(_ other: String) -> Bool { order(beside: other) < 0 }

    /// Negative, zero or positive, as memcmp(3) has it.
    private func order(beside other: String) -> Int {
        let order = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                let common = min(left.count, right.count)
                if common > 0, let first = left.baseAddress, let second = right.baseAddress {
                    let order = memcmp(first, second, common)
                    if order != 0 { return Int(order) }
                }
                return left.count - right.count
            }
        }
        // Swift's own texts are contiguous; a bridged one is not.
        if let order, let order { return order }
        return utf8.elementsEqual(other.utf8) ? 0 : utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    }
}
