import HTTPTypes
import Hummingbird

/// Decides whether a request gets as far as its handler.
struct RequestGuard: Sendable {
    let tokens: AccessTokens
    let hosts: HostRule

    /// Asked by load balancers and `mlflow server`'s users without a token, under any name.
    private static let open: Set<Substring> = ["/health", "/version"]

    func check(_ request: Request, _ routes: (any RunServerRoutes)?) throws(ServerFault) {
        let path = request.rawPath
        let asksOnly = request.method == .get || request.method == .head
        if asksOnly && Self.open.contains(path) { return }
        guard hosts.allows(authority: request.head.authority) else { throw .foreignHost }
        if !asksOnly, !hosts.allows(origin: request.headers[.origin], authority: request.head.authority) {
            throw .foreignOrigin
        }
        if routes?.authorizesItself(path) == true { return }
        switch tokens.access(authorization: request.headers[.authorization]) {
        case .writing: return
        case .reading: if routes?.isReading(request.method, path) ?? asksOnly { return } else { throw .readOnlyToken }
        case .none: throw .unauthorized
        }
    }
}
