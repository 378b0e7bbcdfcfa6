/// A text to look for in others, whatever the letter case.
package struct CaseInsensitiveText: Sendable {
    private let bytes: [UInt8]
    /// Empty when ASCII, whose bytes occur in UTF-8 only as themselves, so that a search by bytes does.
    private let scalars: [UInt32]

    init(_ text: String) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            bytes = text.utf8.map { CaseFolding.fold($0) }
            scalars = []
        } else {
            bytes = []
            scalars = text.unicodeScalars.map { CaseFolding.fold($0.value) }
        }
    }

    /// Whether `text` has it somewhere.
    package func isContained(in text: String) -> Bool {
        withUTF8(of: text) { scalars.isEmpty ? hasBytes($0) : hasScalars($0) }
    }

    /// Looks at eight bytes at a time for the first one of the needle, since most names lack what is looked for.
    private func hasBytes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { needle in
            guard let first = needle.first else { return true }
            guard let base = text.baseAddress, text.count >= needle.count else { return false }
            let starts = text.count &- needle.count &+ 1
            let wanted = UInt64(first | 0x20) &* 0x0101_0101_0101_0101
            var start = 0
            while start < starts {
                // Setting 0x20 folds letters and merges some other bytes, so that a hit is only a candidate.
                var hits = (text.eightBytes(at: start) | 0x2020_2020_2020_2020) ^ wanted
                hits = (hits &- 0x0101_0101_0101_0101) & ~hits & 0x8080_8080_8080_8080
                while hits != 0 {
                    let candidate = start &+ hits.trailingZeroBitCount >> 3
                    guard candidate < starts else { return false }
                    if isFolded(base + candidate, equalTo: needle) { return true }
                    hits &= hits &- 1
                }
                start &+= 8
            }
            return false
        }
    }

    @inline(__always)
    private func isFolded(_ text: UnsafePointer<UInt8>, equalTo needle: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in 0..<needle.count where CaseFolding.fold(text[index]) != needle[index] { return false }
        return true
    }

    private func hasScalars(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        while start < text.count {
            var (scalar, offset) = text.scalar(at: start)
            let next = offset
            var index = 0
            while CaseFolding.fold(scalar) == scalars[index] {
                index += 1
                if index == scalars.count { return true }
                guard offset < text.count else { return false }
                (scalar, offset) = text.scalar(at: offset)
            }
            start = next
        }
        return false
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes from `offset` on, the first one lowest; zero beyond the end.
    @inline(__always)
    fileprivate func eightBytes(at offset: Int) -> UInt64 {
        let missing = offset &+ 8 &- count
        if let base = baseAddress, count >= 8 {
            let raw = UnsafeRawPointer(base)
            return missing <= 0
                ? UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                : UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)) >> (missing &* 8)
        }
        return self[offset...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
