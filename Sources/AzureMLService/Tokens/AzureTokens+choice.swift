import HTTPTransport
package import RunModel

extension AzureTokens {
    /// The login that an environment offers for a workspace.
    ///
    /// A server on this machine that is spoken to without TLS is no service of Azure's, and gets none of Azure's tokens:
    /// another user's program might listen there. It gets `RUNWATCH_TOKEN`, as `runwatch serve --token-file` wants it.
    /// - Parameter submitted: the run that this process belongs to, whose token comes first in its own workspace.
    package static func source(
        for address: WorkspaceAddress, in cloud: AzureCloud, submitted: SubmittedRun?, network: AzureMLNetwork,
        clock: @escaping @Sendable () -> Timestamp
    ) -> any TokenSource {
        let environment = AzureEnvironment(network.environment)
        if let submitted, let token = submitted.token,
            submitted.address.scope.lowercased() == address.scope.lowercased()
        {
            return AzureTokens([RunToken(token, of: submitted, network: network, clock: clock)], clock: clock)
        }
        let start = address.host ?? cloud.resourceManager
        if !start.isSecure {
            return FixedToken(
                AccessToken(environment["RUNWATCH_TOKEN"] ?? "local", expiresAt: nil), name: "RUNWATCH_TOKEN",
                remedy: "set RUNWATCH_TOKEN to what the server's --token-file holds")
        }
        return AzureTokens(
            origins(for: address, in: cloud, environment, network, clock), clock: clock)
    }

    /// In the order of Azure's own clients: what was set up on purpose, then the machine's, then the person's.
    static func origins(
        for address: WorkspaceAddress, in cloud: AzureCloud, _ environment: AzureEnvironment, _ network: AzureMLNetwork,
        _ clock: @escaping @Sendable () -> Timestamp
    ) -> [any TokenOrigin] {
        let principal = ServicePrincipal(environment, cloud: cloud, network: network, clock: clock)
        let identity = ManagedIdentity(environment, resource: cloud.resource, clock: clock)
        let command = AzureCommand(environment, subscription: address.subscription, resource: cloud.resource)
        var origins: [any TokenOrigin] = []
        if let principal { origins.append(principal) }
        if let identity { origins.append(identity) }
        return origins + [command]
    }
}
