/// Reads the parts of a date, each of a fixed number of digits.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(of digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func digit() -> Int? {
        guard let first = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first else { return nil }
        rest.removeFirst()
        return Int(first - UInt8(ascii: "0"))
    }

    /// The digits after the point, as milliseconds, and the milliseconds they stand for; more than three are ignored.
    mutating func fraction() -> (milliseconds: Int64, precision: Int64)? {
        guard var value = digit().map(Int64.init) else { return nil }
        var precision: Int64 = 100
        value *= 100
        while let digit = digit() {
            precision /= 10
            value += Int64(digit) * precision
        }
        return (value, max(precision, 1))
    }

    /// `Z`, `+HH:MM` or `-HHMM`; no seconds where there is none of them, nil where it is wrong.
    mutating func zone() -> (seconds: Int?, Void)? {
        if take("Z") || take("z") { return (0, ()) }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0 else { return (nil, ()) }
        guard let hours = number(of: 2), hours < 24 else { return nil }
        _ = take(":")
        guard let minutes = number(of: 2), minutes < 60 else { return nil }
        return (sign * (hours * 3600 + minutes * 60), ())
    }
}
