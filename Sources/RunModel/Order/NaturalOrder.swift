/// Compares names as people count: "child 2" before "child 10", letter case aside.
package enum NaturalOrder {
    /// Negative, zero or positive as `left` belongs before, beside or after `right`.
    package static func compare(_ left: String, _ right: String) -> Int {
        var left = left
        var right = right
        return left.withUTF8 { left in
            right.withUTF8 { right in compare(left[...], right[...]) }
        }
    }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private static func compare(_ left: Bytes, _ right: Bytes) -> Int {
        var left = left
        var right = right
        while let first = left.first, let second = right.first {
            if isDigit(first) && isDigit(second) {
                let order = compareNumbers(takeDigits(&left), takeDigits(&right))
                if order != 0 { return order }
            } else {
                let first = lowercased(first)
                let second = lowercased(second)
                if first != second { return first < second ? -1 : 1 }
                left.removeFirst()
                right.removeFirst()
            }
        }
        return left.isEmpty ? (right.isEmpty ? 0 : -1) : 1
    }

    private static func compareNumbers(_ first: Bytes, _ second: Bytes) -> Int {
        if first.count != second.count { return first.count < second.count ? -1 : 1 }
        for (one, other) in zip(first, second) where one != other { return one < other ? -1 : 1 }
        return 0
    }

    /// Takes the digits at the start, without leading zeros.
    private static func takeDigits(_ text: inout Bytes) -> Bytes {
        let run = text.prefix(while: isDigit)
        text.removeFirst(run.count)
        return run.drop { $0 == UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }
}

extension NaturalOrder {
    /// The start of a text as bytes whose plain order is that of `compare`, packed into words from their high ends.
    package struct Prefix {
        /// Enough for most names; further words would cost memory traffic for all.
        package static let wordCount = 4

        /// The bytes, eight to a word.
        package private(set) var words = InlineArray<4, UInt64>(repeating: 0)
        /// The whole text is in `words`: texts with equal words are equal.
        package private(set) var isComplete = true
        private var count = 0

        /// Takes as much of `text` as there is room for.
        package init(_ text: String) {
            var text = text
            text.withUTF8 { bytes in
                var rest = bytes[...]
                while let byte = rest.first {
                    if isDigit(byte) {
                        append(digits: takeDigits(&rest))
                    } else {
                        // A zero byte would look like the end of the text.
                        append(lowercased(byte))
                        if byte == 0 { isComplete = false }
                        rest.removeFirst()
                    }
                    if !isComplete { return }
                }
            }
        }

        /// A digit that stands among letters as digits do, how many there are, and what they are.
        private mutating func append(digits: Bytes) {
            append(UInt8(ascii: "0"))
            guard digits.count < 255 else {
                append(255)
                isComplete = false
                return
            }
            append(UInt8(digits.count))
            for digit in digits where isComplete { append(digit) }
        }

        private mutating func append(_ byte: UInt8) {
            guard count < Self.wordCount * 8 else {
                isComplete = false
                return
            }
            words[count >> 3] |= UInt64(byte) << UInt64(56 - (count & 7) * 8)
            count += 1
        }
    }
}
