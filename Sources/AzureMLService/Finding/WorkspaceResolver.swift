import Foundation
import HTTPTransport
package import RunModel
package import RunServices
import Synchronization

/// Finds the services of a workspace as Azure tells: the resource manager, or the host that an address names, says where
/// discovery is, and that says the rest. No host is ever made up.
package final class WorkspaceResolver: EndpointResolver {
    private let address: WorkspaceAddress
    /// Where the search begins: the cloud's resource manager, or the host in the address.
    private let start: HTTPAddress
    private let knownDiscovery: String?
    private let connection: AzureMLConnection
    private let cache: EndpointCache?
    private let clock: @Sendable () -> Timestamp
    private let state = Mutex(State())
    private let attempt = SharedAttempt<WorkspaceEndpoints>()

    private struct State {
        var endpoints: WorkspaceEndpoints?
        /// When they were found, as opposed to remembered; nil for remembered ones.
        var foundAt: Timestamp?
    }

    /// Milliseconds in which services that were just found are not looked for again because one of them fails.
    private static let settled: Int64 = 30_000

    /// - Parameters:
    ///   - discovery: where discovery is, if that is known already.
    ///   - cache: what was found in earlier sessions; nil to keep nothing.
    package init(
        _ address: WorkspaceAddress, cloud: AzureCloud, discovery: String? = nil, tokens: any TokenSource,
        network: AzureMLNetwork, cache: EndpointCache?, clock: @escaping @Sendable () -> Timestamp
    ) {
        self.address = address
        start = address.host ?? cloud.resourceManager
        knownDiscovery = discovery
        // Its own: a resource manager that wants to be left alone says nothing about the workspace's services.
        connection = AzureMLConnection(
            address, endpoints: KnownEndpoints(WorkspaceEndpoints(services: [:])), tokens: tokens, network: network)
        self.cache = cache
        self.clock = clock
    }

    /// As kept, or as found now; one attempt for all who ask at the same time.
    package func endpoints(rejecting rejected: WorkspaceEndpoints?) async throws(RunServiceError) -> WorkspaceEndpoints
    {
        if let known = usable(rejecting: rejected) { return known }
        return try await attempt.run { () throws(RunServiceError) in
            // Another caller's attempt may have just ended.
            if let known = self.usable(rejecting: rejected) { return known }
            if rejected == nil, let kept = await self.cache?.endpoints(for: self.key, at: self.clock()) {
                self.state.withLock { $0 = State(endpoints: kept) }
                return kept
            }
            let found = try await self.find()
            let now = self.clock()
            self.state.withLock { $0 = State(endpoints: found, foundAt: now) }
            await self.cache?.keep(found, for: self.key, at: now)
            return found
        }
    }

    private var key: String { start.text + address.scope.lowercased() }

    private func usable(rejecting rejected: WorkspaceEndpoints?) -> WorkspaceEndpoints? {
        let now = clock()
        return state.withLock { state in
            guard let known = state.endpoints else { return nil }
            if rejected != known { return known }
            guard let found = state.foundAt, (0..<Self.settled).contains(now.milliseconds(since: found)) else {
                return nil
            }
            return known
        }
    }

    private func find() async throws(RunServiceError) -> WorkspaceEndpoints {
        var facts = WorkspaceFacts()
        if let knownDiscovery {
            facts.discoveryURL = knownDiscovery
        } else {
            guard let told = try await ask() else { return WorkspaceEndpoints(everythingAt: start) }
            facts = told
        }
        guard let text = facts.discoveryURL, let place = DiscoveryPlace(text) else {
            throw RunServiceError(
                .unexpectedResponse,
                "Azure does not say where the services of the workspace \(name) are; the workspace may be just being made."
            )
        }
        let transport = try connection.transport(to: place.server)
        var call = HTTPCall(.get, place.path)
        call.query = place.query
        // It tells the same to everybody, so no token is sent.
        let answer = try await transport.send(call)
        guard answer.isSuccess else { throw transport.fault.sentence(for: answer) }
        guard let services = DiscoveredServices(answer.body) else {
            throw transport.fault.unreadable(answer, "there is no `history` in it")
        }
        return WorkspaceEndpoints(
            services: services.addresses, workspaceID: facts.workspaceID, tenant: facts.tenant, discoveryURL: text)
    }

    /// What is told about the workspace; nil where a host does not know the question, and so is all that there is.
    private func ask() async throws(RunServiceError) -> WorkspaceFacts? {
        let isManager = address.host == nil
        var call = HTTPCall(.get, (isManager ? "" : "/rp/workspaces") + address.scope)
        if isManager { call.query = [("api-version", "2022-05-01")] }
        let answer: HTTPAnswer
        do throws(RunServiceError) {
            answer = try await connection.send(call, to: start)
        } catch {
            if !isManager, error.code == .unexpectedResponse || error.code == .unsupported { return nil }
            throw explained(error)
        }
        guard let facts = WorkspaceFacts(answer.body) else {
            throw try connection.transport(to: start).fault.unreadable(answer, "there are no `properties` in it")
        }
        return facts
    }

    private var name: String { "`\(Shown.text(address.workspace))`" }

    private func explained(_ error: RunServiceError) -> RunServiceError {
        switch error.code {
        case .notFound:
            return RunServiceError(
                .notFound,
                "There is no workspace \(name) in the resource group `\(Shown.text(address.group))` of the subscription "
                    + "\(Shown.text(address.subscription)) (any more); check config.json or the address.",
                underlying: error.underlying)
        case .unauthorized:
            guard let tenant = error.underlying.flatMap(TenantName.wanted) else { return error }
            return RunServiceError(
                .unauthorized,
                "The workspace \(name) belongs to another organisation than the login from \(connection.tokens.name); "
                    + "run `az login --tenant \(tenant)`.", underlying: error.underlying)
        default: return error
        }
    }
}
