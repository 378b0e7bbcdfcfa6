import Foundation
import RunModel

/// Tokens as Azure's client wants them: three parts with dots, of which it reads the second for when they end.
///
/// Nothing is signed. The third part carries the secret itself, by which the guard lets the client in.
enum AzureToken {
    /// Of a server that wants none.
    static let open = "local"

    /// What the second part says.
    private struct Claims: Codable {
        /// When the token ends, in seconds.
        var exp: Int64?
        var tid: String?
        var oid: String?
        /// Who the client works for.
        var name: String?
        /// Whether the client uses our Python helper.
        var helper: Bool?
    }

    /// A person's name is one line, and no longer than this.
    private static let longestName = 256

    /// Our secret in the clothes of a token that ends at `expiry`.
    static func dressed(_ secret: String, for user: String, until expiry: Timestamp) -> String {
        let claims = Claims(exp: expiry.milliseconds / 1_000, tid: "runwatch", oid: "runwatch", name: user)
        return [#"{"alg":"none","typ":"JWT"}"#, AzureCoding.text(claims), secret].map(base64URL).joined(separator: ".")
    }

    /// The secret in a token, or the token itself where it is no dressed one.
    static func secret(in token: some StringProtocol) -> String { part(2, of: token) ?? String(token) }

    /// Whether the client says that it uses our Python helper.
    static func usesHelper(_ token: some StringProtocol) -> Bool { claims(in: token)?.helper ?? false }

    /// Who the client says that it works for: a name to be shown, which nothing depends on.
    static func user(in token: some StringProtocol) -> String? {
        guard let name = claims(in: token)?.name, name.utf8.count <= longestName, !name.contains(where: \.isNewline)
        else { return nil }
        return name
    }

    private static func claims(in token: some StringProtocol) -> Claims? {
        part(1, of: token).flatMap { try? AzureCoding.decoded(Claims.self, from: Array($0.utf8)) }
    }

    private static func part(_ index: Int, of token: some StringProtocol) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let data = Data(base64Encoded: padded(String(parts[index]))) else { return nil }
        return String(data: data, encoding: .utf8)
    }

    private static func base64URL(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func padded(_ text: String) -> String {
        text.replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}
