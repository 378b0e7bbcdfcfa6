/// A JSON number: an integer of any size, or a double.
package struct JSONNumber: Sendable, CustomStringConvertible {
    enum Storage {
        case integer(Int)
        /// Never what an `Int` holds.
        case large(LargeInteger)
        case double(Double)
    }

    let storage: Storage

    /// Written without a point.
    package init(_ integer: Int) { storage = .integer(integer) }

    /// Written with a point or an exponent. What is not finite is written as Python does: `NaN`, `Infinity`.
    package init(_ double: Double) { storage = .double(double) }

    init(_ large: LargeInteger) { storage = large.small.map { .integer($0) } ?? .large(large) }

    /// An integer, or nil: `digits` are ASCII digits, with a sign or not.
    init?(integer digits: some BidirectionalCollection<UInt8>) {
        let isNegative = digits.first == UInt8(ascii: "-")
        let magnitude = isNegative || digits.first == UInt8(ascii: "+") ? digits.dropFirst() : digits[...]
        guard !magnitude.isEmpty, magnitude.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        if magnitude.count < 19 {
            let value = magnitude.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            self.init(isNegative ? -value : value)
        } else {
            self.init(LargeInteger(isNegative: isNegative, digits: magnitude))
        }
    }

    /// The nearest double, infinite for integers beyond the largest.
    package var double: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .large(let value): value.double
        case .double(let value): value
        }
    }

    /// Whether it was written without a point.
    package var isInteger: Bool {
        if case .double = storage { false } else { true }
    }

    var isNaN: Bool {
        if case .double(let value) = storage { value.isNaN } else { false }
    }

    /// As JSON writes it, with doubles in the shortest form that reads back as the same.
    package var description: String {
        switch storage {
        case .integer(let value): String(value)
        case .large(let value): value.description
        case .double(let value): Self.text(of: value)
        }
    }

    /// As Python writes it: an exponent only below 0.0001 and from 10¹⁶ on.
    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        let sign = value.sign == .minus ? "-" : ""
        let parts = value.magnitude.description.split(separator: "e")
        let places = parts[0].split(separator: ".")
        var digits = places.joined().drop { $0 == "0" }
        while digits.last == "0" { digits.removeLast() }
        guard let first = digits.first else { return sign + "0.0" }
        // Of the first digit that is not zero.
        let lead = places[0] == "0" ? -1 - places[1].prefix { $0 == "0" }.count : places[0].count - 1
        let exponent = lead + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        if exponent < -4 || exponent >= 16 {
            let rest = digits.dropFirst()
            let size = String(exponent.magnitude)
            let mark = "e" + (exponent < 0 ? "-" : "+") + (size.count < 2 ? "0" : "") + size
            return sign + String(first) + (rest.isEmpty ? "" : "." + rest) + mark
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = digits.prefix(exponent + 1)
        let rest = digits.dropFirst(exponent + 1)
        let padding = String(repeating: "0", count: exponent + 1 - whole.count)
        return sign + whole + padding + "." + (rest.isEmpty ? "0" : rest)
    }
}
