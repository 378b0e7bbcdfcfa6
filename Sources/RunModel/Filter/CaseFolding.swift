/// Folding of letter case for search, scalar by scalar, so that it neither allocates nor changes positions.
///
/// One scalar folds to one: `İ` meets `i` but `ß` does not meet `ss`; and a composed letter does not meet its
/// decomposed spelling. Names are typed by the people who search for them, so both come from the same keyboards.
enum CaseFolding {
    @inline(__always)
    static func fold(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    @inline(__always)
    static func fold(_ scalar: UInt32) -> UInt32 {
        scalar < 0x80 ? (scalar &- 0x41 < 26 ? scalar | 0x20 : scalar) : foldBeyondASCII(scalar)
    }

    /// The ranges are shortcuts for the most used scripts; the Unicode tables take some 100 ns.
    private static func foldBeyondASCII(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0xC0...0xD6, 0xD8...0xDE: scalar + 0x20  // Latin-1
        case 0xDF...0xFF: scalar
        case 0x391...0x3A1, 0x3A3...0x3A9: scalar + 0x20  // Greek
        case 0x3C2: 0x3C3  // final sigma
        case 0x410...0x42F: scalar + 0x20  // Cyrillic
        case 0x430...0x45F: scalar
        case 0x590...0x109F: scalar  // Hebrew to Myanmar: no letter case
        case 0x2E80...0xA63F, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0x1F000...0x1FAFF: scalar  // CJK, Hangul, emoji
        default: Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
        }
    }
}

/// Gives `body` the UTF-8 of `text`; no copy for Swift's own strings, which is what runs hold.
@inline(__always)
func withUTF8<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = text
    return copy.withUTF8(body)
}

extension UnsafeBufferPointer<UInt8> {
    /// The scalar that starts at `offset` of valid UTF-8, and where the next one starts.
    @inline(__always)
    func scalar(at offset: Int) -> (value: UInt32, next: Int) {
        let first = self[offset]
        if first < 0x80 { return (UInt32(first), offset + 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first) & (0xFF >> (UInt32(length) + 1))
        let end = Swift.min(offset + length, count)
        for index in offset + 1..<end { value = value << 6 | UInt32(self[index] & 0x3F) }
        return (value, end)
    }
}
