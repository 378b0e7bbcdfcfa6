import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
package import RunServices

/// Says what is wrong with a server in sentences that a person can act on.
package struct HTTPFault: Sendable {
    /// `The MLflow server at mlflow.example.org`.
    private let server: String
    private let host: String
    private let hasCredentials: Bool
    private let usesProxy: Bool

    init(_ options: HTTPTransportOptions) {
        server = "\(options.serverName) at \(Shown.text(options.address.authority))"
        host = Shown.text(options.address.host)
        hasCredentials = options.credentials != nil
        usesProxy = options.proxy != nil
    }

    static let cancelled = RunServiceError(.cancelled, "The question was withdrawn before it was answered.")

    var closedConnection: RunServiceError {
        RunServiceError(.unavailable, "\(server) closed the connection before it had answered; trying again may help.")
    }

    func redirect(to location: String?) -> RunServiceError {
        let target = location ?? ""
        let start = target.prefix { $0 != "?" }
        let isLogin = ["login", "signin", "sign_in", "oauth", "sso", "auth", "saml"].contains {
            start.lowercased().contains($0)
        }
        if isLogin {
            return RunServiceError(
                .unauthorized, "\(server) sends us to a login page; set a user name and password or a token.",
                underlying: String(start))
        }
        return RunServiceError(
            .unexpectedResponse, "\(server) redirects to another address; use that one if you trust it.",
            underlying: String(start))
    }

    /// For an answer with an error status, or with a web page where data belongs, that says no more by itself.
    package func sentence(for answer: HTTPAnswer) -> RunServiceError {
        let words = answer.isWebPage ? nil : plainWords(answer.body)
        func error(_ code: RunServiceError.Code, _ sentence: String) -> RunServiceError {
            RunServiceError(code, sentence, underlying: words)
        }
        switch answer.status {
        case 200..<300:
            return error(
                answer.isWebPage ? .unauthorized : .unexpectedResponse,
                answer.isWebPage
                    ? "\(server) answered with a web page, perhaps a login; check the address and the credentials."
                    : "\(server) answered with something that is not the data asked for; check the address.")
        case 401:
            return error(
                .unauthorized,
                hasCredentials
                    ? "\(server) does not accept these credentials; they may be wrong or have expired."
                    : "\(server) wants credentials; set a user name and password or a token.")
        case 403: return error(.forbidden, "\(server) forbids this; ask its administrator for permission.")
        case 404: return error(.notFound, "\(server) has nothing at this address; check its path.")
        case 407: return error(.unauthorized, "The proxy wants credentials; put them into its address.")
        case 408, 504: return error(.timedOut, "\(server) gave up on the answer (\(answer.status)); try again later.")
        case 413, 414: return error(.invalid, "\(server) finds the request too large.")
        case 429:
            let wait = answer.retryAfter.map { "in \($0) s" } ?? "later"
            return error(.rateLimited, "\(server) is asked too often; try again \(wait).")
        case 503:
            let wait = answer.retryAfter.map { "in \($0) s" } ?? "later"
            return error(.unavailable, "\(server) is not available now (503); try again \(wait).")
        case 500...: return error(.unavailable, "\(server) failed (\(answer.status)); its own log says why.")
        default: return error(.unexpectedResponse, "\(server) refused the request (\(answer.status)).")
        }
    }

    /// For an answer that should be data and cannot be read.
    package func unreadable(_ answer: HTTPAnswer, _ detail: String) -> RunServiceError {
        if answer.isWebPage { return sentence(for: answer) }
        return RunServiceError(
            .unexpectedResponse, "\(server) answered with something that cannot be read; check the address.",
            underlying: Shown.text(detail))
    }

    /// At most a line of a body in plain text.
    private func plainWords(_ body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(400), as: UTF8.self)
        let line = Shown.text(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
        return line.isEmpty ? nil : line
    }
}

extension HTTPFault {
    func sentence(for error: any Error, deadline: Int64) -> RunServiceError {
        switch error {
        case is CancellationError: return Self.cancelled
        case let error as HTTPClientError: return sentence(for: error, deadline: deadline)
        case let error as NIOConnectionError: return sentence(for: error)
        case let error as NIOSSLExtraError: return certificate(error.description, isOfAnotherHost: true)
        case let error as NIOSSLError: return sentence(for: error)
        case let error as BoringSSLError: return certificate("\(error)", isOfAnotherHost: false)
        case is NIOTooManyBytesError:
            return RunServiceError(.unexpectedResponse, "\(server) answered with more than can be held in memory.")
        case is HTTPParserError:
            return RunServiceError(
                .unexpectedResponse, "\(server) does not speak HTTP there; check the port.", underlying: "\(error)")
        case let error as IOError: return sentence(for: error)
        default:
            return RunServiceError(.unavailable, "\(server) cannot be reached.", underlying: Shown.text("\(error)"))
        }
    }

    private func sentence(for error: HTTPClientError, deadline: Int64) -> RunServiceError {
        switch error {
        case .cancelled, .requestStreamCancelled: return Self.cancelled
        case .deadlineExceeded, .readTimeout, .getConnectionFromPoolTimeout:
            return RunServiceError(.timedOut, "\(server) did not answer within \(deadline / 1_000) s; it may be busy.")
        case .connectTimeout, .tlsHandshakeTimeout:
            return RunServiceError(
                .timedOut, "\(server) did not take the connection; check the address, the network and the firewall.")
        case .remoteConnectionClosed, .uncleanShutdown: return closedConnection
        case .proxyAuthenticationRequired:
            return RunServiceError(.unauthorized, "The proxy wants credentials; put them into its address.")
        case .invalidProxyResponse, .httpProxyHandshakeTimeout:
            return RunServiceError(.unavailable, "The proxy does not let us through to \(host); check its address.")
        default:
            return RunServiceError(.unavailable, "\(server) cannot be reached.", underlying: Shown.text("\(error)"))
        }
    }

    private func sentence(for error: NIOConnectionError) -> RunServiceError {
        if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
            let what = usesProxy ? "The proxy" : "The host `\(host)`"
            return RunServiceError(
                .unavailable, "\(what) is not known to the name service; check the address and the network.")
        }
        if let cause = error.connectionErrors.first?.error {
            return sentence(for: cause, deadline: HTTPCall.interactiveDeadline)
        }
        return RunServiceError(.unavailable, "\(server) cannot be reached.")
    }

    private func sentence(for error: IOError) -> RunServiceError {
        switch error.errnoCode {
        case ECONNREFUSED:
            let what = usesProxy ? "The proxy" : server
            return RunServiceError(.unavailable, "\(what) does not take connections; is it running?")
        case ECONNRESET, EPIPE: return closedConnection
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN:
            return RunServiceError(.unavailable, "There is no way to \(host) from here; check the network.")
        case ETIMEDOUT: return RunServiceError(.timedOut, "\(server) did not answer; check the network.")
        default: return RunServiceError(.unavailable, "\(server) cannot be reached.", underlying: "\(error)")
        }
    }

    private func sentence(for error: NIOSSLError) -> RunServiceError {
        let text = "\(error)"
        switch error {
        case .handshakeFailed: return certificate(text, isOfAnotherHost: false)
        case .uncleanShutdown: return closedConnection
        default: return certificate(text, isOfAnotherHost: false)
        }
    }

    private func certificate(_ detail: String, isOfAnotherHost: Bool) -> RunServiceError {
        if isOfAnotherHost {
            return RunServiceError(
                .unavailable, "The certificate that \(server) shows is for another host; check the address.",
                underlying: Shown.text(detail))
        }
        if detail.contains("CERTIFICATE_VERIFY_FAILED") {
            return RunServiceError(
                .unavailable, "The certificate of \(server) is not from a trusted authority; name its CA bundle.",
                underlying: Shown.text(detail))
        }
        if detail.contains("WRONG_VERSION_NUMBER") {
            return RunServiceError(.unavailable, "\(server) does not speak https there; try http:// or another port.")
        }
        return RunServiceError(
            .unavailable, "No secure connection to \(server) could be made.", underlying: Shown.text(detail))
    }
}
