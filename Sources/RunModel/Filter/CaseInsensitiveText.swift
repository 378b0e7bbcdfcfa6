/// A text to look for in others, whatever the letter case.
struct CaseInsensitiveText: Sendable {
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

    func isContained(in text: String) -> Bool {
        withUTF8(of: text) { scalars.isEmpty ? hasBytes($0) : hasScalars($0) }
    }

    private func hasBytes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { needle in
            guard let first = needle.first else { return true }
            guard text.count >= needle.count else { return false }
            let lastStart = text.count &- needle.count
            var start = 0
            while start <= lastStart {
                if CaseFolding.fold(text[start]) == first {
                    var index = 1
                    while index < needle.count, CaseFolding.fold(text[start &+ index]) == needle[index] { index &+= 1 }
                    if index == needle.count { return true }
                }
                start &+= 1
            }
            return false
        }
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
