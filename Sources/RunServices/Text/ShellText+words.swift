extension ShellText {
    /// The words of a line as a shell splits it: at blanks, with quotes and backslashes. Nothing is expanded, so `$HOME` stays as it is.
    ///
    /// Throws `invalid` for a quote that is not closed.
    package static func words(of line: String) throws(RunServiceError) -> [String] {
        var words: [String] = []
        // Nil between words: '' is a word too.
        var word: String?
        var rest = line.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case " ", "\t", "\n", "\r":
                if let finished = word { words.append(finished) }
                word = nil
            case "'", "\"": word = (word ?? "") + (try quoted(by: scalar, &rest))
            case "\\":
                // At the end of a line it joins that with the next one.
                guard let next = rest.popFirst() else { throw open("a backslash at its end") }
                if next != "\n" { word = (word ?? "") + String(next) }
            default: word = (word ?? "") + String(scalar)
            }
        }
        if let finished = word { words.append(finished) }
        return words
    }

    /// Up to the closing quote, which is taken too.
    private static func quoted(
        by quote: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
    ) throws(RunServiceError) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == quote { return String(text) }
            if scalar == "\\", quote == "\"", let next = rest.first, "\"\\$`\n".unicodeScalars.contains(next) {
                rest.removeFirst()
                if next != "\n" { text.append(next) }
            } else {
                text.append(scalar)
            }
        }
        throw open("a quote that is not closed")
    }

    private static func open(_ what: String) -> RunServiceError {
        RunServiceError(.invalid, "The text has \(what); write it as you would for a shell.")
    }
}
