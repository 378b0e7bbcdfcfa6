/// Other people's text inside our sentences.
package enum Shown {
    /// Control characters become `?`, and a long text ends in an ellipsis.
    package static func text(_ text: String) -> String {
        let visible = text.unicodeScalars.prefix(80).map { scalar -> Character in
            scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) ? "?" : Character(scalar)
        }
        return String(visible) + (text.unicodeScalars.count > 80 ? "…" : "")
    }
}
