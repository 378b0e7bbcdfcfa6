import AzureMLWire
import Foundation
package import RunModel

/// What a token says of itself (RFC 7519): worth a hint when to ask for another one, and nothing else, since nobody here
/// checks who signed it.
package struct TokenClaims: Equatable, Sendable {
    /// When it says that it ends.
    package var end: Timestamp?
    /// The organisation that it is for.
    package var tenant: String?

    /// Bytes; Azure's have two thousand.
    private static let longest = 1 << 16

    /// Nothing for a text that is no such token.
    package init(of token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count <= Self.longest, let data = Base64URL.decoded(parts[1]),
            let claims = try? JSONDecoder().decode(AzureJSON.self, from: data)
        else { return }
        end = Self.moment(claims["exp"])
        tenant = claims["tid"]?.text
    }

    /// From seconds since 1970, as a number or as text.
    static func moment(_ value: AzureJSON?) -> Timestamp? {
        seconds(value).map { Timestamp(seconds: $0, nanoseconds: 0) }
    }

    /// A whole number, which some write as text.
    static func seconds(_ value: AzureJSON?) -> Int64? {
        switch value {
        case .integer(let number): number
        case .number(let number): Int64(exactly: number.rounded(.down))
        case .text(let text): Int64(text)
        default: nil
        }
    }
}

/// Base64 with `-` and `_`, without padding (RFC 4648, 5).
enum Base64URL {
    static func encoded(_ data: some Sequence<UInt8>) -> String {
        Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func decoded(_ text: some StringProtocol) -> Data? {
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
