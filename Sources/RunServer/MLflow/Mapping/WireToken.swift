import Foundation
import RunServices

/// Page tokens on the wire: base64, as MLflow's own, but of a place and not of a number.
enum WireToken {
    static func encode(_ token: PageToken) -> String { Data(token.text.utf8).base64EncodedString() }

    /// Nil for an empty text. Throws `MLflowFault` in MLflow's words.
    static func decode(_ text: String) throws(MLflowFault) -> PageToken? {
        if text.isEmpty { return nil }
        guard let data = Data(base64Encoded: text), let token = String(data: data, encoding: .utf8) else {
            throw .invalid("Invalid page token, could not base64-decode")
        }
        return PageToken(token)
    }
}
