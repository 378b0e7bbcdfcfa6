import HTTPTransport
import NIOSSL
import RunServices
import TestSupport
import Testing

/// A transport as the tests want it: short deadlines, and a name to look for in sentences.
func makeTransport(
    _ address: String, credentials: HTTPCredentials? = nil, tls: TLSOptions = TLSOptions(), proxy: HTTPProxy? = nil,
    advice: HTTPAdvice = HTTPAdvice(), connectDeadline: Int64 = 4_000
) throws -> HTTPTransport {
    var options = HTTPTransportOptions(
        address: try HTTPAddress(address), credentials: credentials, tls: tls, proxy: proxy,
        serverName: "The test server", advice: advice)
    options.connectDeadline = connectDeadline
    return try HTTPTransport(options)
}

extension FaultServer {
    var address: String { "http://127.0.0.1:\(port)" }
    /// By the name in its certificate.
    var secureAddress: String { "https://localhost:\(port)" }
    var proxy: HTTPProxy { HTTPProxy(host: "127.0.0.1", port: port, variable: "HTTP_PROXY") }
}

extension HTTPTransport {
    /// The error, or the sentence for an answer that is none; nil for a good answer.
    func outcome(of call: HTTPCall = .patient()) async -> RunServiceError? {
        do throws(RunServiceError) {
            let answer = try await send(call)
            return answer.isSuccess && !answer.isWebPage ? nil : fault.sentence(for: answer)
        } catch {
            return error
        }
    }
}

extension HTTPCall {
    /// With a deadline that a loaded machine keeps, too.
    static func patient(_ method: Method = .get, _ path: String = "/x") -> HTTPCall {
        var call = HTTPCall(method, path)
        call.deadline = 120_000
        return call
    }

    /// Short enough that a test need not wait for it.
    static func hurried(_ milliseconds: Int64 = 300) -> HTTPCall {
        var call = HTTPCall(.get, "/x")
        call.deadline = milliseconds
        return call
    }
}
