import FileAccess

/// Texts as forms and queries have them: percent-encoded, with `+` for a space.
enum FormEncoding {
    static func decoded(_ text: Substring) -> String {
        let plain = text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "%") }
        return plain ? String(text) : PercentEncoding.decoded(text.replacing("+", with: " "))
    }

    /// A part of a path, in which `+` is itself.
    static func decodedPath(_ text: some StringProtocol) -> String { PercentEncoding.decoded(text) }

    /// A text of which no byte means anything in a header or a path.
    static func encoded(_ text: some StringProtocol) -> String {
        PercentEncoding.encoded(String(text), keeping: PercentEncoding.unreserved)
    }
}
