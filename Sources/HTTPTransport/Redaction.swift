package import RunServices

/// Takes secrets out of texts before anybody sees them.
package struct Redaction: Sendable {
    private let secrets: [String]

    package init(_ secrets: [String]) {
        // Shorter ones would tear words apart and are guessed at once anyway.
        self.secrets = secrets.filter { $0.utf8.count >= 4 }.sorted { $0.utf8.count > $1.utf8.count }
    }

    package func callAsFunction(_ text: String) -> String {
        var clean = text
        for secret in secrets where clean.contains(secret) {
            clean = clean.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
        }
        return clean
    }

    package func callAsFunction(_ error: RunServiceError) -> RunServiceError {
        RunServiceError(error.code, self(error.message), underlying: error.underlying.map { self($0) })
    }
}
