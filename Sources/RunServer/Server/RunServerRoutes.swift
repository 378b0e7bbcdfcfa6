package import Hummingbird

/// The endpoints of one protocol, and how its clients want to be told what went wrong.
///
/// Conforming: `MLflowRoutes`, `AzureMLRoutes`.
package protocol RunServerRoutes: Sendable {
    /// Whether a path, percent-encoded as it came, belongs to this protocol.
    func owns(_ path: Substring) -> Bool

    /// Whether a request changes nothing, so that a token that only reads will do. Asked of paths that it owns.
    func isReading(_ method: HTTPRequest.Method, _ path: Substring) -> Bool

    /// Whether the routes check by themselves who asks, as for addresses that are signed. Asked of paths that it owns.
    func authorizesItself(_ path: Substring) -> Bool

    /// Adds a handler for every endpoint.
    func add(to router: Router<ServerContext>)

    /// An error as this protocol's clients read it: a `ServerFault`, a `RunServiceError`, or one of its own.
    func response(to error: any Error) -> Response
}

extension RunServerRoutes {
    /// By default GET and HEAD.
    package func isReading(_ method: HTTPRequest.Method, _ path: Substring) -> Bool {
        method == .get || method == .head
    }

    /// By default none.
    package func authorizesItself(_ path: Substring) -> Bool { false }
}
