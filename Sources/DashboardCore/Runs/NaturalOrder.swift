/// Compares names as people count: "child 2" before "child 10", letter case aside.
enum NaturalOrder {
    static func compare(_ left: String, _ right: String) -> Int {
        var left = left.utf8[...]
        var right = right.utf8[...]
        while let first = left.first, let second = right.first {
            if isDigit(first) && isDigit(second) {
                let order = compareNumbers(&left, &right)
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

    private static func compareNumbers(
        _ left: inout Substring.UTF8View, _ right: inout Substring.UTF8View
    ) -> Int {
        let first = digits(&left)
        let second = digits(&right)
        if first.count != second.count { return first.count < second.count ? -1 : 1 }
        for (one, other) in zip(first, second) where one != other { return one < other ? -1 : 1 }
        return 0
    }

    /// Takes the digits at the start, without leading zeros.
    private static func digits(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let run = text.prefix(while: isDigit)
        text.removeFirst(run.count)
        return run.drop { $0 == UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }
}
