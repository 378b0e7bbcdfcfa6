package import RunServices

/// Says what is wrong with a server in sentences that a person can act on.
package struct HTTPFault: Sendable {
    /// `The MLflow server at mlflow.example.org`, and by which proxy it is asked.
    package let server: String
    let options: HTTPTransportOptions
    private let redaction: Redaction

    init(_ options: HTTPTransportOptions) {
        let way = options.proxy.map { " (through the proxy \(Shown.text($0.authority)))" } ?? ""
        server = "\(options.serverName) at \(Shown.text(options.address.authority))\(way)"
        self.options = options
        redaction = Redaction(
            [options.credentials, options.address.credentials, options.proxy?.credentials]
                .compactMap { $0 }.flatMap(\.secrets))
    }

    static let cancelled = RunServiceError(.cancelled, "The question was withdrawn before it was answered.")

    /// Other people's words as they may be shown: without secrets, on one line, not too long.
    package func shown(_ text: String) -> String { Shown.text(redaction(text)) }

    /// For an answer with an error status, or with a web page where data belongs, that says no more by itself.
    package func sentence(for answer: HTTPAnswer) -> RunServiceError {
        let (code, sentence) = reading(of: answer)
        return RunServiceError(code, sentence, underlying: answer.isWebPage ? nil : plainWords(answer.body))
    }

    /// For an answer that should be data and cannot be read; `detail` says why.
    package func unreadable(_ answer: HTTPAnswer, _ detail: String) -> RunServiceError {
        if answer.isWebPage { return sentence(for: answer) }
        return RunServiceError(
            .unexpectedResponse, "\(server) answered with something else than it should; check the address.",
            underlying: shown(detail))
    }

    private func reading(of answer: HTTPAnswer) -> (RunServiceError.Code, String) {
        let wait = answer.retryAfter.map { "in \(Self.duration($0))" } ?? "later"
        switch answer.status {
        case 200..<300 where answer.isWebPage:
            return (
                .unexpectedResponse, "\(server) answered with a web page; check the address, or log in there first."
            )
        case 200..<300:
            return (.unexpectedResponse, "\(server) answered with something else than it should; check the address.")
        case 400 where wantsTLS(answer):
            return (.unexpectedResponse, "\(server) wants to be spoken to by https; write https:// in its address.")
        case 401: return (.unauthorized, unauthorized)
        case 403: return (.forbidden, "\(server) forbids this; ask its administrator for permission.")
        case 404: return (.notFound, "\(server) has nothing at this address; check its path.")
        case 407: return (.unauthorized, proxyUnauthorized)
        case 408, 504: return (.timedOut, "\(server) gave up on the answer (\(answer.status)); try again later.")
        case 413, 414: return (.invalid, "\(server) finds the request too large (\(answer.status)).")
        case 429: return (.rateLimited, "\(server) is asked too often; try again \(wait).")
        case 502: return (.unavailable, "\(server) is a gateway that got no good answer (502); try again later.")
        case 503: return (.unavailable, "\(server) is not available now (503); try again \(wait).")
        case 500...: return (.unavailable, "\(server) failed (\(answer.status)); its own log says why.")
        default: return (.unexpectedResponse, "\(server) refused the request (\(answer.status)).")
        }
    }

    private var unauthorized: String {
        if options.credentials == nil { return "\(server) wants credentials; set \(options.advice.credentials)." }
        let origin = options.advice.credentialsInUse.map { "the credentials from \($0)" } ?? "these credentials"
        return "\(server) does not accept \(origin); they may be wrong or have expired."
    }

    var proxyUnauthorized: String {
        guard let proxy = options.proxy else { return "A proxy on the way wants credentials." }
        return proxy.credentials == nil
            ? "\(proxy.name) wants credentials; write user:password@ before its host in \(proxy.variable)."
            : "\(proxy.name) does not accept the credentials in \(proxy.variable)."
    }

    /// What nginx and Go's servers say to http on a port for https.
    private func wantsTLS(_ answer: HTTPAnswer) -> Bool {
        guard !options.address.isSecure else { return false }
        let text = String(decoding: answer.body.prefix(1_000), as: UTF8.self).lowercased()
        return text.contains("http request") && text.contains("https")
    }

    static func duration(_ seconds: Int64) -> String {
        seconds < 120 ? "\(seconds) s" : seconds < 7_200 ? "\(seconds / 60) min" : "\(seconds / 3_600) h"
    }

    /// The first line of a body in plain text.
    private func plainWords(_ body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(100_000), as: UTF8.self)
        let line = shown(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
        return line.isEmpty ? nil : line
    }
}
