/// Turns raw output into text that can be laid out in cells.
enum LogText {
    /// Decodes UTF-8 and expands tabs; controls stay, to be made visible.
    static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(0x09) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var column = 0
        for byte in bytes {
            if byte == 0x09 {
                // Tab stops every 8 columns, as terminals have them.
                let width = 8 - column % 8
                result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width))
                column += width
            } else {
                result.append(byte)
                if byte & 0xC0 != 0x80 { column += 1 }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
