/// Turns raw output into text that can be laid out in cells.
enum LogText {
    /// Decodes UTF-8, expands tabs and leaves out colour codes, which carry no text; other controls stay, to be made visible.
    static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(where: { $0 == 0x1B || $0 == 0x09 }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var column = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == 0x1B, let end = endOfColourCode(bytes, from: index) {
                index = end
                continue
            }
            if byte == 0x09 {
                // Tab stops every 8 columns, as terminals have them.
                let width = 8 - column % 8
                result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width))
                column += width
            } else {
                result.append(byte)
                if byte & 0xC0 != 0x80 { column += 1 }
            }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The index after `ESC [ digits ; … m` (ECMA-48 SGR) that begins at `start`; nil when it is something else.
    private static func endOfColourCode(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard start + 1 < bytes.endIndex, bytes[start + 1] == UInt8(ascii: "[") else { return nil }
        var index = start + 2
        while index < bytes.endIndex {
            switch bytes[index] {
            case 0x30...0x3B: index += 1
            case UInt8(ascii: "m"): return index + 1
            default: return nil
            }
        }
        return nil
    }
}
