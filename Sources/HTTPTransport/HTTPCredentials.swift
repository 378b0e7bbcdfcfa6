import Foundation

/// What proves to a server who asks.
package enum HTTPCredentials: Sendable, Equatable {
    case basic(user: String, password: String)
    case bearer(token: String)

    /// The value of the `Authorization` header.
    var headerValue: String {
        switch self {
        case .basic(let user, let password): "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        case .bearer(let token): "Bearer " + token
        }
    }

    /// The texts that must appear nowhere.
    var secrets: [String] {
        switch self {
        case .basic(_, let password): [password, String(headerValue.dropFirst("Basic ".count))]
        case .bearer(let token): [token]
        }
    }
}
