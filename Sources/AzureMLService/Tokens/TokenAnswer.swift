import AzureMLWire
import Foundation
package import RunModel

/// What a token service answers: a token, or why there is none.
package struct TokenAnswer: Equatable, Sendable {
    /// The token.
    package var token: AccessToken?
    /// A word for programs: `invalid_client`.
    package var error: String?
    /// Sentences of the service's.
    package var words: String?

    /// Nothing for a body that is neither.
    /// - Parameter now: what the token's remaining time counts from, so that no clock needs to be right.
    package init(_ body: [UInt8], at now: Timestamp) {
        guard let json = try? JSONDecoder().decode(AzureJSON.self, from: Data(body)) else { return }
        error = json["error"]?.text ?? json["error"]?["code"]?.text
        words = json["error_description"]?.text ?? json["error"]?["message"]?.text ?? json["message"]?.text
        guard let text = json["access_token"]?.text, !text.isEmpty else { return }
        var end = TokenClaims.moment(json["expires_on"]) ?? TokenClaims(of: text).end
        if let left = TokenClaims.seconds(json["expires_in"]), (1...Self.longest).contains(left) {
            end = now.advanced(byMilliseconds: left * 1_000)
        }
        token = AccessToken(text, expiresAt: end)
    }

    /// Seconds; no token lasts a year.
    private static let longest: Int64 = 366 * 86_400
}
