extension JSONScalars {
    /// A number as it is written.
    package struct Numeral {
        /// By JSON's grammar, which is stricter than `Double.init`.
        package let text: String
        /// Whether it has neither a fraction nor an exponent.
        package let isInteger: Bool
    }

    /// Takes a numeral that begins at `position`.
    package static func numeral(
        in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int
    ) throws(Malformed) -> Numeral {
        func accept(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }
        func digits() throws(Malformed) {
            let start = position
            while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
                position += 1
            }
            if position == start { throw Malformed() }
        }
        let start = position
        var isInteger = true
        _ = accept("-")
        // Nothing but the end of the number follows a leading zero; a digit there is for the caller to stumble over.
        if !accept("0") { try digits() }
        if accept(".") {
            isInteger = false
            try digits()
        }
        if accept("e") || accept("E") {
            isInteger = false
            if !accept("+") { _ = accept("-") }
            try digits()
        }
        return Numeral(text: String(decoding: bytes[start..<position], as: UTF8.self), isInteger: isInteger)
    }
}
