import Foundation

/// The secrets that let a client in; without any, everyone who reaches the server is let in.
package struct AccessTokens: Sendable {
    /// What a client may do.
    package enum Access: Sendable, Equatable {
        case none
        case reading
        case writing
    }

    private let write: [UInt8]?
    private let read: [UInt8]?

    /// Lets everyone in.
    package static let open = AccessTokens(write: nil, read: nil)

    /// A token that may do everything, and perhaps one that only reads.
    package init(write: String?, read: String? = nil) {
        self.write = write.map { Array($0.utf8) }
        self.read = read.map { Array($0.utf8) }
    }

    /// Whether a client has to name a token at all.
    package var areNeeded: Bool { write != nil || read != nil }

    /// What a token is good for. Both are compared in full, whatever the outcome, so that time tells nothing.
    package func access(with token: String) -> Access {
        let given = Array(token.utf8)
        let (writes, reads) = (Self.equal(given, write), Self.equal(given, read))
        return writes ? .writing : reads ? .reading : .none
    }

    /// Whether a token is good for reading or, where that is wanted, for writing.
    package func accepts(_ token: String, writing: Bool) -> Bool {
        switch access(with: token) {
        case .writing: true
        case .reading: !writing
        case .none: !areNeeded
        }
    }

    /// What the Authorization header is good for: `Bearer TOKEN`, or `Basic` with the token as password.
    ///
    /// A token of three parts with dots, as Azure's client demands them, carries ours as its third, in base64url.
    package func access(authorization: String?) -> Access {
        if !areNeeded { return .writing }
        guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2 else { return .none }
        switch parts[0].lowercased() {
        case "bearer":
            let whole = access(with: String(parts[1]))
            let fields = parts[1].split(separator: ".", omittingEmptySubsequences: false)
            guard whole == .none, fields.count == 3, let inner = Self.base64URL(fields[2]) else { return whole }
            return access(with: inner)
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])),
                let pair = String(data: data, encoding: .utf8), let colon = pair.firstIndex(of: ":")
            else { return .none }
            return access(with: String(pair[pair.index(after: colon)...]))
        default: return .none
        }
    }

    private static func base64URL(_ text: Substring) -> String? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).flatMap { String(data: $0, encoding: .utf8) }
    }

    /// Looks at every byte of the secret, wherever the first difference is.
    private static func equal(_ given: [UInt8], _ secret: [UInt8]?) -> Bool {
        guard let secret, !secret.isEmpty else { return false }
        var difference = given.count ^ secret.count
        for (index, byte) in secret.enumerated() {
            difference |= Int(byte ^ (given.isEmpty ? 0 : given[index % given.count]))
        }
        return difference == 0
    }
}
