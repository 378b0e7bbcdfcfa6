/// JSON as Python writes it, in which `NaN`, `Infinity` and `-Infinity` stand bare.
package enum PythonJSON {
    /// The same JSON with those words in quotes, which `AzureNumber` reads; any other text is returned as it is.
    package static func quotingBareWords(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "N")) || bytes.contains(UInt8(ascii: "I")) else { return bytes }
        var quoted: [UInt8] = []
        quoted.reserveCapacity(bytes.count + 32)
        var position = 0
        var isInText = false
        while position < bytes.count {
            let byte = bytes[position]
            if isInText {
                // What follows a backslash ends no text.
                let length = byte == UInt8(ascii: "\\") ? min(2, bytes.count - position) : 1
                quoted += bytes[position..<position + length]
                position += length
                if byte == UInt8(ascii: "\"") { isInText = false }
                continue
            }
            if let word = words.first(where: { bytes[position...].starts(with: $0) }) {
                quoted.append(UInt8(ascii: "\""))
                quoted += word
                quoted.append(UInt8(ascii: "\""))
                position += word.count
                continue
            }
            if byte == UInt8(ascii: "\"") { isInText = true }
            quoted.append(byte)
            position += 1
        }
        return quoted
    }

    private static let words = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }
}
