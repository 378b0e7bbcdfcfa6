import NIOSSL
import RunServices

/// How the server's certificate is checked, and which one is shown to it.
package struct TLSOptions: Sendable, Equatable {
    /// PEM file of the authorities to trust instead of the system's.
    package var authorities: String?
    /// PEM file with this client's certificate chain and its key.
    package var clientCertificate: String?
    /// Checks nothing.
    package var isInsecure = false

    package init(authorities: String? = nil, clientCertificate: String? = nil, isInsecure: Bool = false) {
        self.authorities = authorities
        self.clientCertificate = clientCertificate
        self.isInsecure = isInsecure
    }

    /// Reads the files now, so that a wrong path is told at once. Throws `invalid`.
    func configuration() throws(RunServiceError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if isInsecure { tls.certificateVerification = .none }
        if let authorities {
            do {
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
            } catch {
                throw RunServiceError(
                    .invalid, "No certificates could be read from \(Shown.text(authorities)); it must be a PEM file.")
            }
        }
        if let clientCertificate {
            do {
                tls.certificateChain = try NIOSSLCertificate.fromPEMFile(clientCertificate).map { .certificate($0) }
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: clientCertificate, format: .pem))
            } catch {
                throw RunServiceError(
                    .invalid,
                    "No client certificate with its key could be read from \(Shown.text(clientCertificate)); "
                        + "it must be a PEM file with both.")
            }
        }
        return tls
    }
}
