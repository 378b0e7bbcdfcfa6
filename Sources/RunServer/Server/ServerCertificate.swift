import NIOSSL
package import RunServices

/// The files by which a server proves who it is.
package struct ServerCertificate: Sendable {
    private let chain: [NIOSSLCertificate]
    private let key: NIOSSLPrivateKey

    /// Reads both now, so that a wrong path or a foreign key is told at once. Throws `invalid`.
    package init(chain chainPath: String, key keyPath: String) throws(RunServiceError) {
        do {
            chain = try NIOSSLCertificate.fromPEMFile(chainPath)
        } catch {
            throw RunServiceError(
                .invalid, "No certificate could be read from \(Shown.path(chainPath)); it must be a PEM file.")
        }
        do {
            key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        } catch {
            throw RunServiceError(
                .invalid,
                "No key could be read from \(Shown.path(keyPath)); it must be a PEM file without a passphrase.")
        }
        do {
            _ = try NIOSSLContext(configuration: configuration())
        } catch {
            throw RunServiceError(
                .invalid, "The key in \(Shown.path(keyPath)) does not belong to the certificate; name the right pair.")
        }
    }

    func configuration() -> TLSConfiguration {
        TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }
}
