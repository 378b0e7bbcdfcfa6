import Crypto
import CryptoExtras
import Foundation
import Glibc
package import RunModel
package import RunServices

/// The certificate and the key of a service principal, which sign a statement of who we are (RFC 7523, 2.2).
package struct ClientCertificate {
    private let key: _RSA.Signing.PrivateKey
    /// The certificate first, then what signed it; DER.
    private let chain: [Data]
    private let sendsChain: Bool

    /// Seconds for which a statement counts: long enough for clocks that are a little off.
    private static let lifetime: Int64 = 600

    /// From a PEM file. Throws a sentence that says what is wrong with it.
    package init(path: String, sendsChain: Bool) throws(RunServiceError) {
        guard let text = CredentialFile.text(path) else {
            let reason = String(cString: strerror(errno))
            throw RunServiceError(
                .unauthorized,
                "\(Shown.path(path)), which AZURE_CLIENT_CERTIFICATE_PATH names, can't be read: \(reason).")
        }
        do {
            try self.init(pem: text, sendsChain: sendsChain)
        } catch {
            throw RunServiceError(error.code, "\(Shown.path(path)): \(error.message)")
        }
    }

    /// From the text of such a file.
    package init(pem text: String, sendsChain: Bool) throws(RunServiceError) {
        let blocks = PEMBlock.all(in: text)
        chain = blocks.filter { $0.label == "CERTIFICATE" }.compactMap(\.content)
        self.sendsChain = sendsChain
        guard !chain.isEmpty else {
            throw RunServiceError(
                .unauthorized,
                "there is no certificate in PEM form; `openssl pkcs12 -in FILE -nodes -out FILE.pem` turns a PFX into it."
            )
        }
        guard let block = blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
            throw RunServiceError(.unauthorized, "the certificate's private key is missing; append it to the file.")
        }
        if block.isEncrypted {
            throw RunServiceError(
                .unauthorized,
                "the private key has a passphrase; `openssl pkey -in FILE -out FILE.pem` takes it off.")
        }
        do {
            key = try _RSA.Signing.PrivateKey(pemRepresentation: block.text)
        } catch {
            throw RunServiceError(.unauthorized, "the private key is no RSA key of at least 2048 bits in PEM form.")
        }
    }

    /// A signed statement that we are `client`, for one place and a short while.
    package func assertion(by client: String, for endpoint: String, at now: Timestamp) throws(RunServiceError) -> String
    {
        let seconds = now.milliseconds / 1_000
        let header = Header(
            alg: "RS256", typ: "JWT", x5t: Base64URL.encoded(Insecure.SHA1.hash(data: chain[0])),
            x5c: sendsChain ? chain.map { $0.base64EncodedString() } : nil)
        let claims = Claims(
            aud: endpoint, iss: client, sub: client, jti: UUID().uuidString.lowercased(), nbf: seconds - 60,
            exp: seconds + Self.lifetime)
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let text =
                Base64URL.encoded(try encoder.encode(header)) + "." + Base64URL.encoded(try encoder.encode(claims))
            let signature = try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5)
            return text + "." + Base64URL.encoded(signature.rawRepresentation)
        } catch {
            throw RunServiceError(.unauthorized, "The private key of the certificate can't sign; make a new one.")
        }
    }

    private struct Header: Encodable {
        var alg: String
        var typ: String
        /// The certificate's SHA-1, by which Entra knows it.
        var x5t: String
        var x5c: [String]?
    }

    private struct Claims: Encodable {
        var aud: String
        var iss: String
        var sub: String
        var jti: String
        var nbf: Int64
        var exp: Int64
    }
}

/// One part of a PEM file (RFC 7468).
package struct PEMBlock: Equatable, Sendable {
    /// What stands behind BEGIN: `CERTIFICATE`.
    package var label: String
    /// The lines between the first and the last.
    package var lines: [String]

    /// Whole again, as libraries read it.
    var text: String {
        (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
    }

    /// The bytes; nil where they are not base64.
    var content: Data? { Data(base64Encoded: lines.joined()) }

    /// Whether a passphrase is needed, in either way that keys have been encrypted.
    package var isEncrypted: Bool { label.hasPrefix("ENCRYPTED") || lines.contains { $0.hasPrefix("Proc-Type:") } }

    /// The whole blocks in a text; what is around them is passed over.
    package static func all(in text: String) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var open: PEMBlock?
        for raw in text.split(whereSeparator: \.isNewline) {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----"), line.utf8.count > 16 {
                open = PEMBlock(label: String(line.dropFirst(11).dropLast(5)), lines: [])
            } else if let block = open, line == "-----END \(block.label)-----" {
                blocks.append(block)
                open = nil
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }
}
