import RunServices

/// Where a search continues: the values of the last row in the order of the search, and which order that was.
struct SearchToken: Equatable {
    /// Tells orders apart.
    var order: UInt64
    var values: [SearchValue]

    init(order: UInt64, values: [SearchValue]) {
        self.order = order
        self.values = values
    }

    var token: PageToken {
        var text = "2 " + String(order, radix: 16)
        for value in values {
            switch value {
            case .number(let number): text += " i\(number)"
            case .real(let number): text += " r" + String(number.bitPattern, radix: 16)
            // A length rather than a separator, since a text may hold any character.
            case .text(let string): text += " t\(string.utf8.count):\(string)"
            case .missing: text += " -"
            }
        }
        return PageToken(text)
    }

    /// Throws `invalid` for what is no token of a search in this order with this number of values.
    init(_ token: PageToken, order: UInt64, count: Int) throws(RunServiceError) {
        var rest = Array(token.text.utf8)[...]
        guard Self.word(&rest) == "2", Self.word(&rest) == String(order, radix: 16) else { throw Self.unusable }
        var values: [SearchValue] = []
        while let kind = rest.popFirst() {
            switch kind {
            case UInt8(ascii: "i"):
                guard let number = Int64(Self.word(&rest)) else { throw Self.unusable }
                values.append(.number(number))
            case UInt8(ascii: "r"):
                guard let bits = UInt64(Self.word(&rest), radix: 16) else { throw Self.unusable }
                values.append(.real(Double(bitPattern: bits)))
            case UInt8(ascii: "t"):
                guard let colon = rest.firstIndex(of: UInt8(ascii: ":")),
                    let length = Int(String(decoding: rest[..<colon], as: UTF8.self)), length >= 0,
                    length <= rest.distance(from: colon + 1, to: rest.endIndex)
                else { throw Self.unusable }
                values.append(.text(String(decoding: rest[(colon + 1)...].prefix(length), as: UTF8.self)))
                rest = rest[(colon + 1 + length)...].dropFirst()
            case UInt8(ascii: "-"):
                values.append(.missing)
                rest = rest.dropFirst()
            default: throw Self.unusable
            }
        }
        guard values.count == count else { throw Self.unusable }
        self.init(order: order, values: values)
    }

    /// Takes what stands before the next blank, and the blank.
    private static func word(_ rest: inout ArraySlice<UInt8>) -> String {
        let word = rest.prefix { $0 != UInt8(ascii: " ") }
        rest = rest[word.endIndex...].dropFirst()
        return String(decoding: word, as: UTF8.self)
    }

    static let unusable = RunServiceError(
        .invalid, "This page token is not one that such a search gave out; ask for the first page again.")
}
