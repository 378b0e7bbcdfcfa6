import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
package import RunServices
import Synchronization

/// One server, asked politely: deadlines, few retries, no redirects, and no secret in any error.
package final class HTTPTransport: Sendable {
    /// What it was made with.
    package let options: HTTPTransportOptions
    /// The sentences about this server.
    package let fault: HTTPFault
    let client: HTTPClient
    private let pause = Mutex<Pause?>(nil)
    private let logger = Logger(label: "runwatch.http")

    /// The server wants to be left alone.
    private struct Pause {
        var end: ContinuousClock.Instant
        /// Of the answer that said so.
        var status: Int
    }
    /// One thread carries all connections: a terminal program asks a handful of questions a second.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Throws `invalid` when a certificate file or the credentials cannot be used; nothing is sent yet.
    package init(_ options: HTTPTransportOptions) throws(RunServiceError) {
        self.options = options
        fault = HTTPFault(options)
        guard options.credentials?.isSendable != false else {
            let origin = options.advice.credentialsInUse.map { "The credentials from \($0)" } ?? "The credentials"
            throw RunServiceError(.invalid, "\(origin) hold a line break or another control character; set them again.")
        }
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .milliseconds(options.connectDeadline))
        if options.address.isSecure { configuration.tlsConfiguration = try options.tls.configuration() }
        configuration.httpVersion = .http1Only
        // A refused connection is told at once instead of tried until the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Below the 5 s of uvicorn, which MLflow runs on: we close first instead of asking on a dying connection.
        configuration.connectionPool.idleTimeout = .seconds(4)
        // A proxy for http takes whole addresses, and one for https carries what it cannot read.
        let origin = options.proxy != nil && !options.address.isSecure ? options.address.origin : nil
        if let proxy = options.proxy, origin == nil {
            configuration.proxy = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.credentials.map { .basic(credentials: $0.encoded) })
        }
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(QuickAcknowledgement(), position: .first)
                if let origin { try AbsoluteForm.add(to: channel, origin: origin) }
            }
        }
        client = HTTPClient(eventLoopGroup: Self.group, configuration: configuration)
    }

    deinit {
        let client = client
        client.shutdown { _ in withExtendedLifetime(client) {} }
    }

    /// Sends a request and returns the answer, whatever its status; only redirects and what is no answer throw.
    ///
    /// A server that asked to be left alone is not asked before that time is over.
    package func send(_ call: HTTPCall) async throws(RunServiceError) -> HTTPAnswer {
        if let answer = pausedAnswer() { return answer }
        let end = ContinuousClock.now + .milliseconds(call.deadline)
        var attempt = 1
        while true {
            let start = ContinuousClock.now
            let result = await self.attempt(call, until: end)
            log(call, result, took: start.duration(to: .now))
            let remaining = ContinuousClock.now.duration(to: end).milliseconds
            guard let delay = Self.delay(after: attempt, of: call, result, remaining: remaining) else {
                return try conclude(result, of: call)
            }
            do {
                try await Task.sleep(for: .milliseconds(delay))
            } catch {
                throw HTTPFault.cancelled
            }
            attempt += 1
        }
    }

    /// Notes a question and what came of it, without its values: a query or a body may hold anything.
    private func log(_ call: HTTPCall, _ result: Result<HTTPAnswer, any Error>, took time: Duration) {
        let question = "\(options.serverName) \(call.method.rawValue) \(call.path), \(time.milliseconds) ms"
        switch result {
        case .success(let answer):
            logger.debug("\(question): \(answer.status), \(answer.body.count) bytes")
        case .failure(let error):
            let sentence = error as? RunServiceError ?? fault.sentence(for: error, deadline: call.deadline)
            logger.warning("\(question): \(sentence.message)")
        }
    }

    /// Milliseconds after which to ask again, nil to take the result as it is.
    private static func delay(
        after attempt: Int, of call: HTTPCall, _ result: Result<HTTPAnswer, any Error>, remaining: Int64
    ) -> Int64? {
        switch result {
        case .success(let answer):
            // A request that was asked too often was not carried out.
            guard RetryPolicy.isTransient(answer.status), call.isRepeatable || answer.status == 429 else { return nil }
            return RetryPolicy.delay(after: attempt, retryAfter: answer.retryAfter, remaining: remaining)
        case .failure(let error):
            guard call.isRepeatable, HTTPFault.isClosedConnection(error) else { return nil }
            return RetryPolicy.delay(after: attempt, retryAfter: nil, remaining: remaining)
        }
    }

    private func conclude(
        _ result: Result<HTTPAnswer, any Error>, of call: HTTPCall
    ) throws(RunServiceError) -> HTTPAnswer {
        switch result {
        case .success(let answer):
            if let seconds = answer.retryAfter, [429, 503].contains(answer.status) {
                let end = ContinuousClock.now + .seconds(min(seconds, options.longestPause))
                pause.withLock { $0 = Pause(end: end, status: answer.status) }
            }
            return answer
        case .failure(let error as RunServiceError): throw error
        case .failure(let error): throw fault.sentence(for: error, deadline: call.deadline)
        }
    }

    /// What the server said last, while it wants to be left alone.
    private func pausedAnswer() -> HTTPAnswer? {
        pause.withLock { pause in
            guard let current = pause else { return nil }
            let seconds = (ContinuousClock.now.duration(to: current.end).milliseconds + 999) / 1_000
            guard seconds > 0 else {
                pause = nil
                return nil
            }
            return HTTPAnswer(status: current.status, contentType: "", body: [], retryAfter: seconds)
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
