import RunServices

/// Limits on what others may store; a value may hold anything, a key or name must stay one line.
enum Validation {
    /// Characters; MLflow's limit for metric and parameter keys, also enough for any file name made of it.
    static let keyLimit = 250
    /// Characters; MLflow's limit for names of experiments.
    static let experimentLimit = 500
    /// Bytes of a run's id once percent-encoded: NAME_MAX, for it names a directory.
    static let identifierLimit = 255

    /// Throws `invalid` for a `text` that cannot be a `kind` ("tag key", "run name").
    static func check(_ text: String, _ kind: String, limit: Int = keyLimit) throws {
        if text.isEmpty {
            throw RunServiceError(.invalid, "The \(kind) is empty; give it at least one character.")
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }) {
            throw RunServiceError(
                .invalid, "The \(kind) `\(Shown.text(text))` holds a control character; leave it out.")
        }
        if text.count > limit {
            throw RunServiceError(
                .invalid,
                "The \(kind) `\(Shown.text(text))` has \(text.count) characters; at most \(limit) are possible.")
        }
    }
}
