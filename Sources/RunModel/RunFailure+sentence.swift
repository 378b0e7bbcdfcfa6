extension RunFailure {
    /// The code, then the message; empty where there is neither.
    package var sentence: String { sentence(ending: message ?? "") }

    /// The code, then these words of the message; a code that they name themselves is not repeated.
    package func sentence(ending words: String) -> String {
        guard let code, !code.isEmpty, !words.contains(code) else { return words }
        return words.isEmpty ? code : "\(code): \(words)"
    }

    /// The code and the last line of the message, where a traceback says what went wrong; empty where there is neither.
    package var brief: String { sentence(ending: String((lines.last ?? "").prefix(Self.longestLine))) }

    /// The lines of the message before its last one, such as the end of a log.
    package var context: [String] { lines.dropLast().map(String.init) }

    private var lines: [Substring] {
        (message ?? "").split(whereSeparator: \.isNewline).filter { line in line.contains { !$0.isWhitespace } }
    }

    /// Characters of a line; what a screen or a message has room for.
    private static let longestLine = 300
}
