import Foundation
import NIOSSL
import RunServices

/// How the server's certificate is checked, and which one is shown to it.
package struct TLSOptions: Sendable, Equatable {
    /// PEM file, or directory as `openssl rehash` makes them, of the authorities to trust instead of the system's.
    package var authorities: String?
    /// PEM file with this client's certificate chain and its key.
    package var clientCertificate: String?
    /// Checks nothing.
    package var isInsecure = false

    /// Nothing is read before a connection is configured.
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
                tls.trustRoots = try Self.roots(authorities)
            } catch {
                throw RunServiceError(
                    .invalid,
                    "No certificates could be read from \(Shown.text(authorities)); it must be a PEM file, "
                        + "or a directory of them made by `openssl rehash`.")
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
                        + "it must be a PEM file with both, the key without a passphrase.")
            }
        }
        return tls
    }

    private static func roots(_ path: String) throws -> NIOSSLTrustRoots {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            return .certificates(try NIOSSLCertificate.fromPEMFile(path))
        }
        // Only names that are a hash and a number, like 1a2b3c4d.0, are looked up.
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        guard names.contains(where: { $0.prefix(8).allSatisfy(\.isHexDigit) && $0.dropFirst(8).first == "." }) else {
            throw NoCertificates()
        }
        return .file(path)
    }

    private struct NoCertificates: Error {}
}
