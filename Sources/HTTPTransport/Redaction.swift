import Foundation

/// Takes secrets out of other people's texts before they are shown or logged; servers and proxies repeat what they were
/// sent.
///
/// Our own sentences never hold a secret and do not pass through here: a password that is an ordinary word would be told
/// by the gap it leaves in them.
package struct Redaction: Sendable {
    /// In every form, longest first: what is left of a form could lead back to it.
    private let secrets: [String]
    /// Shorter ones are cut only where they stand alone, or they would tear all words apart.
    private static let shortest = 4

    /// Empty texts among the secrets count for nothing.
    package init(_ secrets: [String]) {
        self.secrets = Set(secrets.filter { !$0.isEmpty }.flatMap(Self.forms)).sorted {
            ($0.utf8.count, $0) > ($1.utf8.count, $1)
        }
    }

    /// The text with `***` in place of each secret, in whatever form it stands there.
    package func callAsFunction(_ text: String) -> String {
        secrets.reduce(text) { Self.cut($1, from: $0) }
    }

    /// A secret as addresses, headers, JSON and web pages write it.
    private static func forms(of secret: String) -> [String] {
        let encoded = HTTPTransport.escaped(secret)
        let base64 = Data(secret.utf8).base64EncodedString()
        let page = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")].reduce(secret) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
        let quoted = secret.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        return [
            secret, encoded, encoded.replacingOccurrences(of: "%20", with: "+"), lowercasedEscapes(encoded),
            HTTPTransport.escaped(encoded), base64,
            String(base64.prefix { $0 != "=" }), page, quoted,
        ]
    }

    /// `%2f` for `%2F`.
    private static func lowercasedEscapes(_ text: String) -> String {
        let parts = text.split(separator: "%", omittingEmptySubsequences: false)
        return parts[0] + parts.dropFirst().map { "%" + $0.prefix(2).lowercased() + $0.dropFirst(2) }.joined()
    }

    private static func cut(_ secret: String, from text: String) -> String {
        guard text.contains(secret) else { return text }
        let isShort = secret.utf8.count < shortest
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: secret) {
            let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
            let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
            let isPartOfWord = [before, after].contains { $0.isLetter || $0.isNumber }
            result += rest[..<range.lowerBound] + (isShort && isPartOfWord ? secret : "***")
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
