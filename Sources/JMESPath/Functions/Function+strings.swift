extension Function {
    static let onStrings = [
        Function("ends_with", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (text, suffix) = (try arguments.string(0), try arguments.string(1))
            return .bool(text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8))
        },
        Function("join", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (separator, texts) = (try arguments.string(0), try arguments.strings(1))
            let length = texts.reduce(max(0, texts.count - 1) * separator.utf8.count) { $0 + $1.utf8.count }
            // A text joined with itself again and again would soon fill the memory.
            try evaluator.spend(bytes: length)
            return .string(texts.joined(separator: separator))
        },
        Function("starts_with", 2) { (arguments, evaluator) throws(JMESPathError) in
            let (text, prefix) = (try arguments.string(0), try arguments.string(1))
            return .bool(text.utf8.starts(with: prefix.utf8))
        },
    ]
}

extension String {
    /// Whether the scalars of `part` come in this one after another.
    func containsExactly(_ part: String) -> Bool {
        let (whole, part) = (Array(utf8), Array(part.utf8))
        guard let first = part.first else { return true }
        var start = 0
        while start + part.count <= whole.count {
            if whole[start] == first, whole[start..<(start + part.count)].elementsEqual(part) { return true }
            start += 1
        }
        return false
    }
}
