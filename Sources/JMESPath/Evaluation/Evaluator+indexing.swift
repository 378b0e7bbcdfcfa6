extension Evaluator {
    /// A negative index counts from the end.
    func element(_ index: Int, of value: JSONValue) -> JSONValue {
        guard case .array(let elements) = value else { return .null }
        let place = index < 0 ? index + elements.count : index
        return elements.indices.contains(place) ? elements[place] : .null
    }

    /// As Python slices lists. The numbers are small enough to be added, see `Lexer`.
    mutating func slice(_ slice: Expression.Slice, of value: JSONValue) throws(JMESPathError) -> JSONValue {
        guard case .array(let elements) = value else { return .null }
        let step = slice.step ?? 1
        if step == 0 { throw JMESPathError(.invalidValue, "the step of a slice cannot be 0") }
        // Where a bound can be: behind the last one walking forwards, before the first one walking backwards.
        let (lowest, highest) = step > 0 ? (0, elements.count) : (-1, elements.count - 1)
        func bound(_ number: Int?, default other: Int) -> Int {
            guard let number else { return other }
            return min(highest, max(lowest, number < 0 ? number + elements.count : number))
        }
        let start = bound(slice.start, default: step > 0 ? lowest : highest)
        let stop = bound(slice.stop, default: step > 0 ? highest : lowest)
        var selected: [JSONValue] = []
        for place in stride(from: start, to: stop, by: step) {
            try spend()
            selected.append(elements[place])
        }
        return .array(selected)
    }
}
