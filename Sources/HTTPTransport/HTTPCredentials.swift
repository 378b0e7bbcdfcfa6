import Foundation

/// What a request carries in its `Authorization` header.
package enum HTTPCredentials: Sendable, Equatable {
    /// User name and password.
    case basic(user: String, password: String)
    /// A token alone.
    case bearer(token: String)

    /// The value of the `Authorization` header.
    var headerValue: String {
        switch self {
        case .basic: "Basic " + encoded
        case .bearer(let token): "Bearer " + token
        }
    }

    /// Without the kind of credentials, as the header carries them.
    var encoded: String {
        switch self {
        case .basic(let user, let password): Data("\(user):\(password)".utf8).base64EncodedString()
        case .bearer(let token): token
        }
    }

    /// The texts that must appear nowhere.
    var secrets: [String] {
        switch self {
        case .basic(_, let password): [password, encoded]
        case .bearer(let token): [token]
        }
    }

    /// Whether a header can carry them: a line break in a token would end it.
    package var isSendable: Bool {
        headerValue.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }
}
