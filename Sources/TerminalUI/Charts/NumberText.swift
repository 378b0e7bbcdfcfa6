/// Numbers as short text, without Foundation.
package enum NumberText {
    /// At most `significantDigits` digits, in the notation that is shortest for a person: 0.231, 1.2e-05, 1234, 12.3k.
    ///
    /// Below 0.001 scientific; from 10,000 on k, M, G, T, from 10^15 on scientific again. Integers below 10,000 keep all
    /// their digits. "nan", "inf" and "-inf" say what is not finite.
    /// - Parameter maxWidth: digits are given up, down to one, until the text takes no more than this many cells.
    package static func compact(_ value: Double, significantDigits: Int = 3, maxWidth: Int = .max) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        for digits in stride(from: max(1, significantDigits), to: 1, by: -1) {
            let text = notation(value, digits)
            if text.utf8.count <= maxWidth { return text }
        }
        return notation(value, 1)
    }

    /// Plain notation with exactly `decimals` digits after the point: axis labels line up.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return compact(value) }
        var number = DecimalDigits(value)
        number.round(toSignificant: number.exponent + 1 + max(0, decimals))
        return number.plain(minimumDecimals: max(0, decimals))
    }

    private static func notation(_ value: Double, _ significantDigits: Int) -> String {
        var number = DecimalDigits(value)
        // An integer of up to four digits is shorter and truer whole than with a suffix.
        let whole = (0..<4).contains(number.exponent)
        number.round(toSignificant: whole ? max(significantDigits, number.exponent + 1) : significantDigits)
        switch number.exponent {
        case -3..<4: return number.plain()
        case 4..<6: return number.plain(shift: 3) + "k"
        case 6..<9: return number.plain(shift: 6) + "M"
        case 9..<12: return number.plain(shift: 9) + "G"
        case 12..<15: return number.plain(shift: 12) + "T"
        default: return number.scientific()
        }
    }
}
