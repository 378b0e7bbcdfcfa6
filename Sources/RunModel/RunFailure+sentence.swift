extension RunFailure {
    /// The code, then the message; empty where there is neither.
    package var sentence: String { sentence(ending: message ?? "") }

    /// The code, then these words of the message; a code that they name themselves is not repeated.
    package func sentence(ending words: String) -> String {
        guard let code, !code.isEmpty, !words.contains(code) else { return words }
        return words.isEmpty ? code : "\(code): \(words)"
    }
}
