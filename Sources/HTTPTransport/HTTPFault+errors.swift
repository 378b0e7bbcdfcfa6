import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import RunServices

extension HTTPFault {
    /// For what AsyncHTTPClient and SwiftNIO throw.
    func sentence(for error: any Error, deadline: Int64) -> RunServiceError {
        switch error {
        case is CancellationError: return Self.cancelled
        case is MissedDeadline:
            let time = deadline < 1_000 ? "\(deadline) ms" : Self.duration(deadline / 1_000)
            return RunServiceError(.timedOut, "\(server) did not answer within \(time); it may be busy.")
        case let error where Self.isClosedConnection(error): return closedConnection(error)
        case let error as HTTPClientError: return sentence(for: error)
        case let error as NIOConnectionError: return sentence(for: error, deadline: deadline)
        case let error as IOError: return sentence(for: error)
        case is NIOSSLExtraError, is NIOSSLError, is BoringSSLError: return insecure(error)
        case is NIOTooManyBytesError:
            return RunServiceError(.unexpectedResponse, "\(server) answered with more than can be held in memory.")
        case is HTTPParserError:
            return RunServiceError(
                .unexpectedResponse, "\(server) does not speak HTTP there; check the port.", underlying: "\(error)")
        default:
            return RunServiceError(.unavailable, "\(server) cannot be reached.", underlying: shown("\(error)"))
        }
    }

    /// Whether the server ended the connection before the answer was whole: it restarts, or closed an idle connection
    /// just as it was used again.
    static func isClosedConnection(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .remoteConnectionClosed || error == .uncleanShutdown
        case let error as NIOSSLError: error == .uncleanShutdown
        case let error as HTTPParserError: error == .invalidEOFState
        case let error as IOError: error.errnoCode == ECONNRESET || error.errnoCode == EPIPE
        default: false
        }
    }

    private func closedConnection(_ error: any Error) -> RunServiceError {
        if error as? HTTPParserError == .invalidEOFState {
            return RunServiceError(
                .unavailable, "\(server) closed the connection in the middle of its answer; it may be restarting.")
        }
        // A port for https takes the connection and closes it when it hears http.
        let advice = options.address.isSecure ? "" : ", or want https:// in its address"
        return RunServiceError(
            .unavailable, "\(server) closed the connection without an answer; it may be restarting\(advice).")
    }

    private func sentence(for error: HTTPClientError) -> RunServiceError {
        switch error {
        case .cancelled, .requestStreamCancelled: return Self.cancelled
        case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
            return RunServiceError(
                .timedOut, "\(server) did not take the connection; check the address, the network and the firewall.")
        case .proxyAuthenticationRequired: return RunServiceError(.unauthorized, proxyUnauthorized)
        case .invalidProxyResponse:
            let proxy = options.proxy?.name ?? "The proxy"
            return RunServiceError(
                .unavailable,
                "\(proxy) does not let us through to \(options.address.authority); ask its administrator, "
                    + "or name the host in NO_PROXY.")
        default:
            // Its whole text may hold headers.
            return RunServiceError(.unavailable, "\(server) cannot be reached.", underlying: error.shortDescription)
        }
    }

    private func sentence(for error: NIOConnectionError, deadline: Int64) -> RunServiceError {
        if let cause = error.connectionErrors.first?.error { return sentence(for: cause, deadline: deadline) }
        let host = options.proxy.map { "The proxy's host \($0.host)" } ?? "The host \(options.address.host)"
        return RunServiceError(
            .unavailable, "\(Shown.text(host)) is not known to the name service; check the address and the network.")
    }

    private func sentence(for error: IOError) -> RunServiceError {
        let peer = options.proxy?.name ?? server
        switch error.errnoCode {
        case ECONNREFUSED: return RunServiceError(.unavailable, "\(peer) does not take connections; is it running?")
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN:
            return RunServiceError(.unavailable, "There is no way to \(peer) from here; check the network.")
        case ETIMEDOUT: return RunServiceError(.timedOut, "\(peer) stopped answering; check the network.")
        default:
            let reason = String(cString: strerror(error.errnoCode))
            return RunServiceError(.unavailable, "\(peer) cannot be reached.", underlying: reason)
        }
    }
}

/// The deadline of a call has passed.
struct MissedDeadline: Error {}
