/// Why an expression cannot be read or applied.
package struct JMESPathError: Error, Equatable, CustomStringConvertible {
    /// The error classes of the specification, and one for what would take too much time or memory.
    package enum Kind: String, Sendable {
        case syntax
        case invalidType = "invalid-type"
        case invalidArity = "invalid-arity"
        case invalidValue = "invalid-value"
        case unknownFunction = "unknown-function"
        case limitExceeded = "limit-exceeded"
    }

    /// Its class.
    package let kind: Kind
    /// A clause for a person, which begins with a small letter and has no full stop.
    package let reason: String
    /// For `syntax`, how many scalars of the expression come before the place.
    package let place: Int?

    init(_ kind: Kind, _ reason: String, at place: Int? = nil) {
        self.kind = kind
        self.reason = reason
        self.place = place
    }

    /// One sentence, the class first.
    package var description: String {
        guard let place else { return "\(kind.rawValue): \(reason)." }
        return "\(kind.rawValue) at character \(place + 1): \(reason)."
    }
}
