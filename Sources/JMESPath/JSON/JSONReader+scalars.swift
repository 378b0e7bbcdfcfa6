extension JSONReader {
    mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        if take(word: "NaN") { return JSONNumber(.nan) }
        if take(word: "Infinity") { return JSONNumber(.infinity) }
        if take(word: "-Infinity") { return JSONNumber(-.infinity) }
        let start = position
        _ = take("-")
        let hasLeadingZero = next == UInt8(ascii: "0")
        let count = skipDigits()
        if count == 0 { throw error("this begins no value") }
        if hasLeadingZero && count > 1 { throw error("a number begins with 0") }
        let isInteger = ![UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(next)
        if isInteger, let number = JSONNumber(integer: bytes[start..<position]) { return number }
        if take("."), skipDigits() == 0 { throw error("digits are missing after '.'") }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            if skipDigits() == 0 { throw error("digits of the exponent are missing") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let double = Double(text) else { throw error("this number cannot be read") }
        return JSONNumber(double)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    /// From its opening quote to behind its closing one.
    mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        var decoded: [UInt8] = []
        var start = position
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                // Most texts have no escape, and are made from their bytes as they are.
                let text =
                    decoded.isEmpty ? validated(bytes[start..<position]) : validated(decoded + bytes[start..<position])
                guard let text else { throw error("the text before this is not UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                decoded += bytes[start..<position]
                position += 1
                decoded += String(try escaped()).utf8
                start = position
            case ..<0x20: throw error("a control character in a text must be escaped")
            default: position += 1
            }
        }
        throw error("the closing '\"' is missing")
    }

    private func validated(_ bytes: some Collection<UInt8>) -> String? { String(validating: bytes, as: UTF8.self) }

    private mutating func escaped() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let byte = next else { throw error("the escape is incomplete") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default:
            position -= 1
            throw error("there is no such escape")
        }
    }

    /// A half of a surrogate pair without the other becomes U+FFFD, since no text of Swift's can hold it.
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let behind = position
        if UTF16.isLeadSurrogate(unit), take(word: "\\u") {
            let trail = try hexadecimal()
            if UTF16.isTrailSurrogate(trail) {
                return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
            }
            position = behind
        }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("\\u needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
