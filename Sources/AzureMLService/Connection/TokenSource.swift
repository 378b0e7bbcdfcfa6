package import RunModel
package import RunServices

/// What a request to Azure carries to say on whose behalf it is made. Its text is in no description.
package struct AccessToken: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// As it goes into the header.
    package let text: String
    /// When it ends; nil where nothing tells.
    package let expiresAt: Timestamp?

    /// A token as its source gave it.
    package init(_ text: String, expiresAt: Timestamp?) {
        self.text = text
        self.expiresAt = expiresAt
    }

    /// Says nothing of it.
    package var description: String { "an access token" }
    /// Says nothing of it.
    package var debugDescription: String { description }
    /// Shows nothing of it.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where tokens come from.
package protocol TokenSource: Sendable {
    /// As sentences name it: `az`, `the service principal in AZURE_CLIENT_ID`.
    var name: String { get }

    /// What a person does when its tokens are not accepted: `run az login --tenant …`.
    var remedy: String { get }

    /// The end of the token in use, once it is known that no other one follows; nil otherwise.
    var expiry: CredentialExpiry? { get }

    /// A token that lasts. The source keeps it and renews it before it ends, so asking for each request is cheap.
    /// - Parameter rejecting: a token that the service has just refused; the same one is of no use.
    func token(rejecting: AccessToken?) async throws(RunServiceError) -> AccessToken
}

extension TokenSource {
    /// By default it is not known to end.
    package var expiry: CredentialExpiry? { nil }
}

/// One token that cannot be renewed.
package struct FixedToken: TokenSource {
    /// Where it was found.
    package let name: String
    /// What a person does when it is not accepted.
    package let remedy: String
    private let token: AccessToken

    /// - Parameter name: where it was found, for sentences.
    package init(_ token: AccessToken, name: String, remedy: String) {
        self.token = token
        self.name = name
        self.remedy = remedy
    }

    /// Its end, since no other one follows.
    package var expiry: CredentialExpiry? { token.expiresAt.map { CredentialExpiry(moment: $0, remedy: remedy) } }

    /// Always the same.
    package func token(rejecting: AccessToken?) async throws(RunServiceError) -> AccessToken { token }
}
