package import RunModel

extension PageToken {
    /// A token that continues after a place in an order of runs.
    package init(after position: SortOrder.Position) {
        let key =
            switch position.key {
            case .number(let number): "n\(String(number.bitPattern, radix: 16))"
            case .text(let text): "t\(text)"
            case .missing: "-"
            }
        // Lengths rather than separators: an id and a text may hold any character.
        self.init("1 \(position.start) \(position.id.text.utf8.count) \(position.id.text)\(key)")
    }

    /// The place after which the listing continues. Throws `invalid` for a text that no service gave out.
    package func position() throws(RunServiceError) -> SortOrder.Position {
        let parts = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("1".utf8), let start = Int64(Substring(parts[1])),
            let length = Int(Substring(parts[2])), length >= 0, length < parts[3].count
        else { throw Self.unusable }
        let id = RunID(String(decoding: parts[3].prefix(length), as: UTF8.self))
        let value = parts[3].dropFirst(length + 1)
        switch parts[3].dropFirst(length).first {
        case UInt8(ascii: "n"):
            guard let bits = UInt64(Substring(value), radix: 16) else { throw Self.unusable }
            return SortOrder.Position(key: .number(Double(bitPattern: bits)), start: start, id: id)
        case UInt8(ascii: "t"):
            return SortOrder.Position(key: .text(String(decoding: value, as: UTF8.self)), start: start, id: id)
        case UInt8(ascii: "-") where value.isEmpty:
            return SortOrder.Position(key: .missing, start: start, id: id)
        default: throw Self.unusable
        }
    }

    private static let unusable = RunServiceError(
        .invalid, "This page token is not one that a listing gave out; ask for the first page again.")
}
