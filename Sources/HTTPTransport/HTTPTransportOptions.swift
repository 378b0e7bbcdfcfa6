/// What a transport needs to know of its server.
package struct HTTPTransportOptions: Sendable {
    package var address: HTTPAddress
    package var credentials: HTTPCredentials?
    package var tls: TLSOptions
    package var proxy: HTTPProxy?
    /// Sent with every request.
    package var headers: [(String, String)]
    /// What a person calls the server: `The MLflow server`.
    package var serverName: String

    package init(
        address: HTTPAddress, credentials: HTTPCredentials? = nil, tls: TLSOptions = TLSOptions(),
        proxy: HTTPProxy? = nil, headers: [(String, String)] = [], serverName: String
    ) {
        self.address = address
        self.credentials = credentials ?? address.credentials
        self.tls = tls
        self.proxy = proxy
        self.headers = headers
        self.serverName = serverName
    }
}
