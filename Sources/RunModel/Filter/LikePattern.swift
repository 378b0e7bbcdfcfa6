/// SQL's LIKE: `%` is any text, `_` any one character, nothing escapes them, as in MLflow's stores.
package struct LikePattern: Sendable {
    private let elements: [UInt32]
    private let ignoresCase: Bool

    // Beyond the last Unicode scalar, so that they cannot be met in a text.
    private static let anyText: UInt32 = 0x110000
    private static let anyOne: UInt32 = 0x110001

    init(_ pattern: String, ignoresCase: Bool) {
        self.ignoresCase = ignoresCase
        elements = pattern.unicodeScalars.map { scalar in
            switch scalar {
            case "%": LikePattern.anyText
            case "_": LikePattern.anyOne
            default: ignoresCase ? CaseFolding.fold(scalar.value) : scalar.value
            }
        }
    }

    func matches(_ text: String) -> Bool { withUTF8(of: text, matches) }

    /// On a mismatch only the latest `%` needs to take one character more, so the cost is at most the product of lengths.
    private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var offset = 0
        var index = 0
        var retry: (index: Int, offset: Int)?
        while offset < text.count {
            let (scalar, next) = text.scalar(at: offset)
            if index < elements.count, elements[index] == LikePattern.anyText {
                index += 1
                retry = (index, offset)
                continue
            }
            if index < elements.count,
                elements[index] == LikePattern.anyOne
                    || elements[index] == (ignoresCase ? CaseFolding.fold(scalar) : scalar)
            {
                index += 1
                offset = next
            } else if let last = retry {
                offset = text.scalar(at: last.offset).next
                index = last.index
                retry = (index, offset)
            } else {
                return false
            }
        }
        return elements[index...].allSatisfy { $0 == LikePattern.anyText }
    }
}
