import RunModel

/// The order of what runs have of one field: numbers, then texts as people order them; what is missing comes last.
enum ComparedOrder {
    /// Those that are equal stay as they were.
    static func sorted<Element>(
        _ elements: [Element], isDescending: Bool, by value: (Element) -> ColumnValue
    ) -> [Element] {
        let keys = elements.map { key(value($0)) }
        let order = elements.indices.sorted { left, right in
            if (keys[left] == .missing) != (keys[right] == .missing) { return keys[right] == .missing }
            let difference = keys[left].compared(with: keys[right])
            if difference != 0 { return isDescending ? difference > 0 : difference < 0 }
            return left < right
        }
        return order.map { elements[$0] }
    }

    private static func key(_ value: ColumnValue) -> SortKey {
        switch value {
        case .none, .entries: .missing
        case .text(let text): number(text).map { .number($0) } ?? .text(text)
        default: number(value).map { $0.isNaN ? .missing : .number($0) } ?? .missing
        }
    }

    /// A value as a number, so that two of them have a difference; nil for texts that are none.
    static func number(_ value: ColumnValue) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .moment(let moment): Double(moment.milliseconds)
        case .duration(let milliseconds): Double(milliseconds)
        case .text(let text): number(text)
        case .none, .entries: nil
        }
    }

    /// Parameters are texts, most of them numbers; hexadecimal ones and words such as `nan` are texts to people.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 32, text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }) else { return nil }
        return Double(text)
    }
}
