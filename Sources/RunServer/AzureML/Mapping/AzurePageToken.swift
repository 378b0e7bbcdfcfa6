import Foundation
import RunServices

/// Page tokens as they go over the wire.
enum AzurePageToken {
    /// A page where the client does not say how many.
    private static let standard = 500
    /// More than this in one answer would be of no use to anyone.
    private static let most = 1_000

    static func limit(_ top: Int?) -> Int { min(max(top ?? standard, 1), most) }

    static func text(_ token: PageToken) -> String { Data(token.text.utf8).base64EncodedString() }

    /// Nil for the first page. Throws `invalid` for what no page gave out.
    static func token(_ text: String?) throws(RunServiceError) -> PageToken? {
        guard let text, !text.isEmpty else { return nil }
        guard let data = Data(base64Encoded: text), let token = String(data: data, encoding: .utf8) else {
            throw RunServiceError(
                .invalid, "This continuation token is not one that a page gave out; ask for the first page again.")
        }
        return PageToken(token)
    }
}
