/// What a transport needs to know of its server.
package struct HTTPTransportOptions: Sendable {
    /// Where the server is; paths of calls are below it.
    package var address: HTTPAddress
    /// Sent with every request; nil for none.
    package var credentials: HTTPCredentials?
    /// Heeded for https alone.
    package var tls: TLSOptions
    /// Nil to connect to the server itself.
    package var proxy: HTTPProxy?
    /// Sent with every request.
    package var headers: [(String, String)]
    /// What a person calls the server: `The MLflow server`.
    package var serverName: String
    /// What sentences about errors tell a person to set.
    package var advice: HTTPAdvice
    /// Milliseconds until a connection must stand; shorter than any call's deadline, so that its error comes first.
    package var connectDeadline: Int64 = 4_000

    /// Seconds; a server that asks to be left alone for longer is asked again after these.
    package var longestPause: Int64 = 300

    /// - Parameter credentials: those in the address where this is nil.
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
    /// Names the settings for user, password or token.
    package var credentials: String
    /// Where the credentials in use were found; nil without any.
    package var credentialsInUse: String?
    /// Names the setting for the authorities that are trusted.
    package var authorities: String
    /// Names the setting for the certificate that is shown to the server.
    package var clientCertificate: String

    /// Phrases that fit after “name” or “set” in a sentence.
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
