import Foundation

extension HTTPCredentials {
    /// When a token says that it ends, in seconds since 1970; nil for what is no such token (RFC 7519). It is not checked.
    package var expiry: Int64? {
        guard case .bearer(let token) = self else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count < 65_536 else { return nil }
        var text = parts[1].replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text), let claims = try? JSONDecoder().decode(Claims.self, from: data)
        else {
            return nil
        }
        return claims.exp.flatMap { Int64(exactly: $0.rounded()) }
    }

    private struct Claims: Decodable {
        var exp: Double?
    }

    /// One word for a person.
    package var kind: String {
        switch self {
        case .basic: "user and password"
        case .bearer: "token"
        }
    }
}
