import AzureMLWire
import RunModel

/// Pieces of the filters that run history understands: `(Tags/quality eq "fantastic run")`.
enum ODataText {
    /// Values stand in quotes without any escape, and keys and bare words in none: what could end one early is not sent.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 256
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            && !["null", "and", "or", "not"].contains(text.lowercased())
    }

    /// A value in quotes; nil for one that cannot stand there.
    static func quoted(_ text: String) -> String? {
        let isPrintable = text.utf8.allSatisfy { (0x20...0x7e).contains($0) && !"\"'\\()".utf8.contains($0) }
        return isPrintable && !text.isEmpty && text.utf8.count <= 1_000 ? "\"\(text)\"" : nil
    }

    /// `(RunId eq a or RunId eq b)`; nil where none of the ids can stand in a filter.
    static func runs(_ ids: some Sequence<String>) -> String? { any(ids.filter(isPlain).map { "RunId eq \($0)" }) }

    /// A moment as filters compare it.
    static func moment(_ milliseconds: Int64) -> String {
        AzureTime(milliseconds: milliseconds).text.replacing("+00:00", with: "Z")
    }

    /// At least one of these; nil for none.
    static func any(_ parts: [String]) -> String? {
        parts.count > 1 ? "(\(parts.joined(separator: " or ")))" : parts.first.map { "(\($0))" }
    }

    /// All of these; nil for none.
    static func all(_ parts: [String]) -> String? {
        parts.count > 1 ? "(\(parts.joined(separator: " and ")))" : parts.first.map { "(\($0))" }
    }
}
