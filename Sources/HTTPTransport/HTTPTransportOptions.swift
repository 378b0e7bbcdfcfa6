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
    package var advice: HTTPAdvice
    /// Milliseconds until a connection must stand; shorter than any call's deadline, so that it is the one that speaks.
    package var connectDeadline: Int64 = 4_000

    /// Seconds; a server that asks to be left alone for longer is asked again after these.
    package var longestPause: Int64 = 300

    package init(
        address: HTTPAddress, credentials: HTTPCredentials? = nil, tls: TLSOptions = TLSOptions(),
        proxy: HTTPProxy? = nil, headers: [(String, String)] = [], serverName: String, advice: HTTPAdvice = HTTPAdvice()
    ) {
        self.address = address
        self.credentials = credentials ?? address.credentials
        self.tls = tls
        self.proxy = proxy
        self.headers = headers
        self.serverName = serverName
        self.advice = advice
    }
}

/// Where a person puts what a server asks for, in the words of that server's own documentation.
package struct HTTPAdvice: Sendable, Equatable {
    package var credentials: String
    /// Where the credentials in use were found; nil without any.
    package var credentialsInUse: String?
    package var authorities: String
    package var clientCertificate: String

    package init(
        credentials: String = "a user name and password or a token", credentialsInUse: String? = nil,
        authorities: String = "its CA bundle", clientCertificate: String = "a client certificate with its key"
    ) {
        self.credentials = credentials
        self.credentialsInUse = credentialsInUse
        self.authorities = authorities
        self.clientCertificate = clientCertificate
    }
}
