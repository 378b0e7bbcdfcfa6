import HTTPTransport
import RunServices

/// Other people's words about a login, without what must not be shown.
enum TokenText {
    private static let limit = 300

    /// Up to 300 characters of them on one line; tokens and the secrets named become `***`.
    static func shown(_ words: String, without secrets: [String] = []) -> String {
        let line = Redaction(secrets)(words).split(whereSeparator: \.isWhitespace).map { word in
            looksSecret(word) ? "***" : String(word)
        }.joined(separator: " ")
        // `Shown` cuts at 80, where what to do often has not been said yet.
        let pieces = stride(from: 0, to: min(line.count, limit), by: 80).map { start in
            Shown.text(String(line.dropFirst(start).prefix(80)))
        }
        return pieces.joined() + (line.count > limit ? "…" : "")
    }

    /// A token is long, and its parts are of letters and digits alone; ids have dashes in them.
    private static func looksSecret(_ word: Substring) -> Bool {
        if word.contains("eyJ") { return true }
        return word.split { !($0.isLetter || $0.isNumber || "_+/=~".contains($0)) }.contains { $0.count >= 40 }
    }

    /// The first sentence, which Azure's numbers and time stamps follow.
    static func firstLine(_ words: String) -> String {
        String(words.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? "")
    }
}
