import RunModel

/// A status as the column `runs.status` holds it: its one word, whatever it is.
enum StoredStatus {
    private static let known = [String: RunStatus](
        uniqueKeysWithValues: RunStatus.known.map { ($0.word, $0) })

    /// Known words are few and short, so they are looked up rather than spelled out.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> RunStatus {
        let word = String(decoding: bytes, as: UTF8.self)
        return known[word] ?? .unknown(word)
    }

    static func decode(_ word: String) -> RunStatus { known[word] ?? .unknown(word) }
}
