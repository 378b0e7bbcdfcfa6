/// The decimal digits of a finite number: 0.0231 is digits [2, 3, 1] with exponent -2.
///
/// Taken from the shortest text that reads back as the same number, so that rounding works on the digits a person sees.
struct DecimalDigits: Equatable {
    var isNegative: Bool
    /// Without leading or trailing zeros; empty for zero.
    var digits: [UInt8]
    /// The power of ten of the first digit.
    var exponent: Int

    init(_ value: Double) {
        isNegative = value < 0
        digits = []
        exponent = 0
        var pointOffset: Int?
        var written = 0
        var bytes = value.magnitude.description.utf8[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "."): pointOffset = written
            case UInt8(ascii: "e"):
                written += Int(Substring(bytes)) ?? 0
                pointOffset = pointOffset.map { $0 + (Int(Substring(bytes)) ?? 0) }
                bytes = bytes.suffix(0)
            default:
                digits.append(byte - UInt8(ascii: "0"))
                written += 1
            }
        }
        exponent = (pointOffset ?? written) - 1
        while digits.first == 0 {
            digits.removeFirst()
            exponent -= 1
        }
        trimTrailingZeros()
    }

    /// Rounds half away from zero to at most `count` digits.
    mutating func round(toSignificant count: Int) {
        let count = max(0, count)
        guard digits.count > count else { return }
        var carry = digits[count] >= 5
        digits.removeSubrange(count...)
        var index = count
        while carry, index > 0 {
            index -= 1
            carry = digits[index] == 9
            digits[index] = carry ? 0 : digits[index] + 1
        }
        if carry {
            digits.insert(1, at: 0)
            exponent += 1
        }
        trimTrailingZeros()
    }

    private mutating func trimTrailingZeros() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { exponent = 0 }
    }

    /// Plain notation of the digits as if the number were divided by 10^`shift`, with at least `minimumDecimals` decimals.
    func plain(shift: Int = 0, minimumDecimals: Int = 0) -> String {
        var text = isNegative && !digits.isEmpty ? "-" : ""
        let integerDigits = exponent - shift + 1
        if integerDigits <= 0 { text += "0" }
        for index in 0..<max(0, integerDigits) { text += digit(index) }
        let decimals = max(minimumDecimals, digits.count - integerDigits)
        if decimals > 0, !digits.isEmpty || minimumDecimals > 0 {
            text += "."
            for index in integerDigits..<integerDigits + decimals { text += digit(index) }
        }
        return text
    }

    /// As in C: 1.2e-05.
    func scientific() -> String {
        let mantissa = plain(shift: exponent)
        let magnitude = exponent.magnitude
        return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(magnitude < 10 ? "0" : "")\(magnitude)"
    }

    private func digit(_ index: Int) -> String {
        digits.indices.contains(index) ? String(digits[index]) : "0"
    }
}
