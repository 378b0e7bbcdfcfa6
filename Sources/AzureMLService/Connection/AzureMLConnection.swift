import AzureMLWire
package import HTTPTransport
package import RemotePolling
import RunModel
package import RunServices
import Synchronization

/// The services of one workspace: authorised calls that obey what the workspace says of its load.
package final class AzureMLConnection: Sendable {
    /// Which workspace it is.
    package let address: WorkspaceAddress
    /// As its name in sentences and the header: the workspace, and its host where one was named.
    package let tokens: any TokenSource
    let network: AzureMLNetwork
    private let resolver: any EndpointResolver
    private let state = Mutex(State())

    private struct State {
        var endpoints: WorkspaceEndpoints?
        var transports: [String: HTTPTransport] = [:]
        var meter = RequestMeter()
        var token: AccessToken?
        /// Until when no service of the workspace is to be asked, and the answer that said so.
        var pause: (end: ContinuousClock.Instant, answer: HTTPAnswer)?
    }

    /// Nothing is sent yet.
    package init(
        _ address: WorkspaceAddress, endpoints resolver: any EndpointResolver, tokens: any TokenSource,
        network: AzureMLNetwork
    ) {
        self.address = address
        self.resolver = resolver
        self.tokens = tokens
        self.network = network
    }

    /// Calls that were answered and the bytes of their bodies.
    package var traffic: RequestMeter { state.withLock { $0.meter } }

    /// Where the services are; asked for once, and again where a host of them cannot be found.
    package func endpoints() async throws(RunServiceError) -> WorkspaceEndpoints {
        if let known = state.withLock({ $0.endpoints }) { return known }
        let found = try await resolver.endpoints(rejecting: nil)
        state.withLock { $0.endpoints = found }
        return found
    }

    /// Sends a call with a token; throws for every status of 400 and above that is not `accepted`.
    ///
    /// A token that is refused is renewed once. After a 429 or 503 with `Retry-After`, no service of the workspace is
    /// asked before that time is over.
    package func send(
        _ call: AzureMLCall, accepting accepted: Set<Int> = []
    ) async throws(RunServiceError) -> HTTPAnswer {
        let endpoints = try await endpoints()
        do throws(RunServiceError) {
            return try await send(call, by: endpoints, accepting: accepted)
        } catch {
            // Kept endpoints may be those of a workspace that has moved; what was not sent can be sent again.
            guard error.code == .unavailable || error.code == .timedOut, call.isRepeatable,
                let others = try? await resolver.endpoints(rejecting: endpoints), others != endpoints
            else { throw error }
            state.withLock { $0.endpoints = others }
            return try await send(call, by: others, accepting: accepted)
        }
    }

    private func send(
        _ call: AzureMLCall, by endpoints: WorkspaceEndpoints, accepting accepted: Set<Int>
    ) async throws(RunServiceError) -> HTTPAnswer {
        guard let base = endpoints.services[call.area.endpoint] else {
            throw RunServiceError(
                .unexpectedResponse,
                "The workspace \(Shown.text(address.workspace)) does not say where its run history is; check its "
                    + "discovery address.")
        }
        var http = HTTPCall(
            call.method, call.area.prefix + address.scope + call.path, isRepeatable: call.isRepeatable)
        http.query = call.query
        http.body = call.body
        http.headers = call.headers
        http.deadline = call.deadline
        http.bodyLimit = call.bodyLimit
        return try await send(http, to: base, accepting: accepted)
    }

    /// Sends a call with a token to a host of this workspace.
    func send(
        _ call: HTTPCall, to base: HTTPAddress, accepting accepted: Set<Int> = []
    ) async throws(RunServiceError) -> HTTPAnswer {
        let transport = try transport(to: base)
        if let answer = pausedAnswer() { throw fault(transport, for: answer, nil) }
        var token = try await tokens.token(rejecting: nil)
        var answer = try await send(call, with: token, by: transport)
        if answer.status == 401 && !accepted.contains(401) {
            // One renewed try, unless the source has no other token.
            let other = try await tokens.token(rejecting: token)
            if other.text != token.text {
                token = other
                answer = try await send(call, with: token, by: transport)
            }
        }
        if answer.isSuccess || accepted.contains(answer.status) { return answer }
        throw fault(transport, for: answer, token)
    }

    private func send(
        _ call: HTTPCall, with token: AccessToken, by transport: HTTPTransport
    ) async throws(RunServiceError) -> HTTPAnswer {
        let credentials = HTTPCredentials.bearer(token: token.text)
        guard credentials.isSendable else {
            throw RunServiceError(
                .invalid, "The token from \(tokens.name) holds a line break or another control character.")
        }
        var call = call
        call.deadline = max(call.deadline, network.patience)
        call.headers.append(("Authorization", "Bearer " + token.text))
        let answer = try await transport.send(call)
        state.withLock { state in
            state.meter.add(answer.body.count)
            state.token = token
            if let seconds = answer.retryAfter, [429, 503].contains(answer.status) {
                let end = ContinuousClock.now + .seconds(min(seconds, transport.options.longestPause))
                state.pause = (end, answer)
            }
        }
        return answer
    }

    /// One for each host, so that connections are kept.
    func transport(
        to base: HTTPAddress, named name: String = "Azure ML"
    ) throws(RunServiceError) -> HTTPTransport {
        // A storage account may be behind the same host, and is told apart in sentences.
        let key = "\(name) \(base.text)"
        if let known = state.withLock({ $0.transports[key] }) { return known }
        let made = try network.transport(to: base, named: name)
        return state.withLock { state in
            if let other = state.transports[key] { return other }
            // Runs may name any number of hosts.
            if state.transports.count >= Self.hostLimit { state.transports = [:] }
            state.transports[key] = made
            return made
        }
    }

    /// Hosts to which connections are kept.
    private static let hostLimit = 20

    /// The token that was sent last, for the processes of a run; nil before the first request.
    var lastToken: AccessToken? { state.withLock { $0.token } }

    /// Where the services are, once anything has been asked.
    var knownEndpoints: WorkspaceEndpoints? { state.withLock { $0.endpoints } }

    /// For an answer that should be data and cannot be read; `detail` says why.
    func unreadable(_ answer: HTTPAnswer, _ detail: String) -> RunServiceError {
        guard let base = knownEndpoints?.services["history"], let transport = try? transport(to: base) else {
            return RunServiceError(.unexpectedResponse, "The workspace answered with something else than it should.")
        }
        return transport.fault.unreadable(answer, detail)
    }

    func meter(_ bytes: Int) { state.withLock { $0.meter.add(bytes) } }

    /// What the workspace said last, while it wants to be left alone.
    private func pausedAnswer() -> HTTPAnswer? {
        state.withLock { state in
            guard let pause = state.pause else { return nil }
            let left = ContinuousClock.now.duration(to: pause.end)
            guard left > .zero else {
                state.pause = nil
                return nil
            }
            var answer = pause.answer
            answer.retryAfter = left.components.seconds + 1
            return answer
        }
    }
}
