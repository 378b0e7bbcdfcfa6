/// What went wrong with a run service: a code for programs, a sentence for a person, the backend's own text.
package struct RunServiceError: Error, Equatable, Sendable, CustomStringConvertible, Codable {
    /// What kind of failure it is, for programs that decide what to do next (contract clause 12).
    package enum Code: String, Sendable, Codable {
        case unauthorized, forbidden, notFound, conflict, immutable, invalid, unavailable, timedOut, rateLimited
        case unexpectedResponse, cancelled, unsupported
        /// It exists, was deleted, and can be restored.
        case deleted
        /// The disk is full: free some space and try again.
        case storageFull
    }

    /// What kind of failure it is.
    package let code: Code
    /// One sentence that says what happened and what to do next; free of secrets and of control characters.
    package let message: String
    /// The backend's own words, when it had any; untrusted text.
    package let underlying: String?

    /// An error with a sentence for a person, which must hold no secret.
    package init(_ code: Code, _ message: String, underlying: String? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// Whether waiting and asking again may help, with nothing changed by a person.
    package var mayPass: Bool { [.unavailable, .timedOut, .rateLimited, .storageFull].contains(code) }

    package var description: String {
        guard let underlying, !underlying.isEmpty else { return message }
        return "\(message) (\(underlying))"
    }
}
