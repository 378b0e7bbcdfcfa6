import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
package import RunServices

/// One server, asked politely: deadlines, few retries, no redirects, and no secret in any error.
package final class HTTPTransport: Sendable {
    package let options: HTTPTransportOptions
    package let redaction: Redaction
    private let client: HTTPClient

    /// One thread carries all connections: a terminal program asks a handful of questions a second.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Throws `invalid` when a certificate file cannot be used; nothing is sent yet.
    package init(_ options: HTTPTransportOptions) throws(RunServiceError) {
        self.options = options
        redaction = Redaction(
            (options.credentials?.secrets ?? []) + (options.address.credentials?.secrets ?? [])
                + (options.proxy?.credentials?.secrets ?? []))
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .milliseconds(HTTPCall.interactiveDeadline))
        if options.address.isSecure { configuration.tlsConfiguration = try options.tls.configuration() }
        configuration.httpVersion = .http1Only
        // A refused connection is told at once instead of tried until the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.pipeline.addHandler(QuickAcknowledgement(), position: .first)
        }
        if let proxy = options.proxy {
            configuration.proxy = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.credentials.map { credentials in
                    switch credentials {
                    case .basic(let user, let password): .basic(username: user, password: password)
                    case .bearer(let token): .bearer(tokens: token)
                    }
                })
        }
        client = HTTPClient(eventLoopGroup: Self.group, configuration: configuration)
    }

    deinit {
        let client = client
        client.shutdown { _ in withExtendedLifetime(client) {} }
    }

    /// Sends a request and returns the answer, whatever its status; only redirects and what is no answer throw.
    package func send(_ call: HTTPCall) async throws(RunServiceError) -> HTTPAnswer {
        let start = ContinuousClock.now
        func remaining() -> Int64 { call.deadline - start.duration(to: .now).milliseconds }
        var attempt = 1
        while true {
            var delay: Int64?
            let result: Result<HTTPAnswer, RunServiceError>
            do throws(RunServiceError) {
                let answer = try await attemptOnce(call, within: remaining())
                result = .success(answer)
                if RetryPolicy.isTransient(answer.status), call.isRepeatable || answer.status == 429 {
                    delay = RetryPolicy.delay(
                        beforeAttempt: attempt, retryAfter: answer.retryAfter, remaining: remaining())
                }
            } catch {
                result = .failure(error)
                // A connection that the server had closed between two questions; nothing else is worth repeating.
                if call.isRepeatable, error.code == .unavailable, error.message == fault.closedConnection.message {
                    delay = RetryPolicy.delay(beforeAttempt: attempt, retryAfter: nil, remaining: remaining())
                }
            }
            guard let delay else { return try result.get() }
            do {
                try await Task.sleep(for: .milliseconds(delay))
            } catch {
                throw HTTPFault.cancelled
            }
            attempt += 1
        }
    }

    /// The sentences about this server.
    package var fault: HTTPFault { HTTPFault(options) }

    private func attemptOnce(_ call: HTTPCall, within milliseconds: Int64) async throws(RunServiceError) -> HTTPAnswer {
        let request = request(for: call)
        do {
            let response = try await client.execute(
                request, deadline: .now() + .milliseconds(max(1, milliseconds)))
            if (300..<400).contains(response.status.code), response.status != .notModified {
                throw fault.redirect(to: response.headers.first(name: "location"))
            }
            let body = try await response.body.collect(upTo: call.bodyLimit)
            let type = response.headers.first(name: "content-type")?.split(separator: ";").first ?? ""
            return HTTPAnswer(
                status: Int(response.status.code),
                contentType: type.trimmingCharacters(in: .whitespaces).lowercased(),
                body: Array(body.readableBytesView),
                retryAfter: response.headers.first(name: "retry-after").flatMap { Int64($0) }.map { max(0, $0) })
        } catch let error as RunServiceError {
            throw redaction(error)
        } catch {
            throw redaction(fault.sentence(for: error, deadline: call.deadline))
        }
    }

    private func request(for call: HTTPCall) -> HTTPClientRequest {
        var url = options.address.text + call.path
        if !call.query.isEmpty {
            url += "?" + call.query.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
        }
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers.add(name: "Accept", value: "application/json, */*;q=0.5")
        request.headers.add(name: "User-Agent", value: "runwatch")
        if let credentials = options.credentials {
            request.headers.add(name: "Authorization", value: credentials.headerValue)
        }
        for (name, value) in options.headers + call.headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body = call.body {
            if !request.headers.contains(name: "Content-Type") {
                request.headers.add(name: "Content-Type", value: "application/json")
            }
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        return request
    }

    /// Percent-encodes a query's name or value, or one component of a path.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
