package import HTTPTransport
package import RunServices

/// How servers are reached from here: certificates and proxies as the environment asks for them.
package struct AzureMLNetwork: Sendable {
    /// Heeded for https alone.
    package var tls: TLSOptions
    /// Where proxies are named.
    package var environment: [String: String]
    /// Milliseconds to wait for any answer at least: a supervisor, unlike a person, has time.
    package var patience: Int64 = 0

    /// By the variables that Azure's own clients heed.
    package init(environment: [String: String]) {
        self.environment = environment
        let authorities = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"]
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        tls = TLSOptions(authorities: authorities)
    }

    /// A transport without credentials to one server; throws `invalid` for a certificate file or proxy that is none.
    /// - Parameter name: as sentences name the server: `Azure ML`.
    package func transport(to address: HTTPAddress, named name: String) throws(RunServiceError) -> HTTPTransport {
        var options = HTTPTransportOptions(
            address: address, tls: tls, proxy: try HTTPProxy.forAddress(address, environment: environment),
            serverName: name,
            advice: HTTPAdvice(
                credentials: "an Azure login, for instance with `az login`",
                authorities: "its CA bundle in REQUESTS_CA_BUNDLE"))
        // A supervisor asks rarely, and the end of a run must not be lost over a proxy's guess.
        if patience > 0 { options.longestPause = 10 }
        return try HTTPTransport(options)
    }
}
