import NIOSSL
import RunServices

extension HTTPFault {
    /// For a secure connection that did not come about, or was ended because of a certificate.
    func insecure(_ error: any Error) -> RunServiceError {
        if error is NIOSSLExtraError {
            return RunServiceError(
                .unavailable, "The certificate that \(server) shows is for another host; check the address.")
        }
        let reason = Self.reason(error)
        switch reason {
        case "CERTIFICATE_VERIFY_FAILED":
            return RunServiceError(
                .unavailable,
                "The certificate of \(server) is from an authority that is not trusted here, or has expired; "
                    + "name \(options.advice.authorities).")
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST":
            return RunServiceError(
                .unavailable, "\(server) does not speak https there; try http:// or another port.")
        case "TLSV1_ALERT_CERTIFICATE_REQUIRED", "TLSV1_CERTIFICATE_REQUIRED":
            return RunServiceError(
                .unauthorized, "\(server) wants a certificate from us; name \(options.advice.clientCertificate).")
        case let reason where reason.contains("ALERT") && options.tls.clientCertificate != nil:
            return RunServiceError(
                .unauthorized, "\(server) does not accept our certificate or the way to secure the connection.",
                underlying: reason)
        default:
            return RunServiceError(
                .unavailable, "No secure connection to \(server) could be made.", underlying: reason)
        }
    }

    /// BoringSSL's name for what went wrong; its whole text holds paths of the machine that built it.
    private static func reason(_ error: any Error) -> String {
        let text = "\(error)"
        guard let start = text.firstRange(of: "OPENSSL_internal:")?.upperBound else {
            return text.contains("EOF") ? "the connection was closed" : "TLS"
        }
        return String(text[start...].prefix { $0 == "_" || $0.isLetter || $0.isNumber })
    }
}
