extension JSONNumber {
    /// What Python's `int` or else `float` reads, which `to_number` of jmespath.py uses: all numbers of JSON, and more, as
    /// ` +1_000 `, `.5`, `1.` and `inf`. Nil for what is no number.
    init?(python text: String) {
        var scalars = Array(text.unicodeScalars)[...]
        while scalars.first?.isPythonSpace == true { scalars.removeFirst() }
        while scalars.last?.isPythonSpace == true { scalars.removeLast() }
        var bytes: [UInt8] = []
        for scalar in scalars {
            guard let byte = scalar.asciiOrDigit else { return nil }
            bytes.append(byte)
        }
        guard let plain = Self.withoutUnderscores(bytes) else { return nil }
        if let number = JSONNumber(integer: plain) {
            self = number
        } else if let double = Self.float(plain) {
            self.init(double)
        } else {
            return nil
        }
    }

    /// Nil where one is not between two digits.
    private static func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
        let underscore = UInt8(ascii: "_")
        for place in bytes.indices where bytes[place] == underscore {
            guard place > 0, place + 1 < bytes.count, bytes[place - 1].isDigit, bytes[place + 1].isDigit else {
                return nil
            }
        }
        return bytes.filter { $0 != underscore }
    }

    private static func float(_ bytes: [UInt8]) -> Double? {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        let isNegative = text.hasPrefix("-")
        let magnitude = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        switch magnitude {
        case "nan": return .nan
        case "inf", "infinity": return isNegative ? -.infinity : .infinity
        default: break
        }
        // Swift reads hexadecimal numbers and words too, which Python does not.
        let isDecimal = magnitude.utf8.allSatisfy { $0.isDigit || "+-.e".utf8.contains($0) }
        guard isDecimal, magnitude.utf8.first?.isDigit == true || magnitude.hasPrefix(".") else { return nil }
        return Double(text)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension Unicode.Scalar {
    /// The decimal digits of all scripts as those of ASCII; nil for what else is not ASCII.
    fileprivate var asciiOrDigit: UInt8? {
        if isASCII { return UInt8(value) }
        guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
        return 0x30 + UInt8(value)
    }
}
