extension RecordedCommand {
    /// The command with another value for a parameter, wherever it stands: `--lr 0.1`, `--lr=0.1`, `lr=0.1`. Underscores
    /// and dashes in the name of an option are the same. Nil where it stands nowhere.
    package func changing(_ parameter: String, to value: String) -> RecordedCommand? {
        var words = words
        var isFound = false
        for index in words.indices.dropFirst() {
            guard let word = String(validating: words[index], as: UTF8.self) else { continue }
            if Self.isOption(word, parameter) {
                // The next option is no value of this one, but a negative number is.
                guard index + 1 < words.count, Self.mayBeValue(words[index + 1]) else { continue }
                words[index + 1] = Array(value.utf8)
                isFound = true
            } else if let equals = word.firstIndex(of: "="), Self.isName(word[..<equals], parameter) {
                words[index] = Array((word[...equals] + value).utf8)
                isFound = true
            }
        }
        return isFound ? RecordedCommand(words) : nil
    }

    private static func isOption(_ word: String, _ parameter: String) -> Bool {
        word.hasPrefix("-") && isName(word[...], parameter)
    }

    /// `--lr`, `-lr`, `lr`, and `+lr` and `++lr` as Hydra adds one.
    private static func isName(_ text: Substring, _ parameter: String) -> Bool {
        var name = text
        if name.hasPrefix("-") {
            name = name.dropFirst(name.hasPrefix("--") ? 2 : 1)
            return name.map { $0 == "_" ? "-" : $0 } == parameter.map { $0 == "_" ? "-" : $0 }
        }
        if name.hasPrefix("+") { name = name.dropFirst(name.hasPrefix("++") ? 2 : 1) }
        return name == parameter
    }

    private static func mayBeValue(_ word: [UInt8]) -> Bool {
        guard word.first == UInt8(ascii: "-"), word.count > 1 else { return true }
        return Double(String(decoding: word, as: UTF8.self)) != nil
    }
}
