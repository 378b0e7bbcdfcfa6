package import RunModel
package import RunServices

extension AzureMLWorkspace {
    /// The workspace at an address, with the cloud, the login and the way to it that an environment says. Nothing is sent
    /// yet, and no program started.
    /// - Parameter isPatient: slow answers are waited for, longer than a person at a screen would.
    package static func opening(
        _ address: WorkspaceAddress, isReadOnly: Bool, isPatient: Bool = false, environment: [String: String],
        clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) -> AzureMLWorkspace {
        let variables = AzureEnvironment(environment)
        var network = AzureMLNetwork(environment: environment)
        if isPatient { network.patience = 30_000 }
        let cloud = try AzureCloud.chosen(in: variables)
        let submitted = try SubmittedRun(variables)
        let tokens = AzureTokens.source(for: address, in: cloud, submitted: submitted, network: network, clock: clock)
        // Discovery that the environment names is that of the run's own workspace.
        let isOwn = submitted?.address == address
        let resolver = WorkspaceResolver(
            address, cloud: cloud, discovery: isOwn ? submitted?.discoveryURL : nil, tokens: tokens, network: network,
            cache: EndpointCache(variables), clock: clock)
        return AzureMLWorkspace(
            AzureMLConnection(address, endpoints: resolver, tokens: tokens, network: network), isReadOnly: isReadOnly,
            clock: clock)
    }

    /// The end of the login, as far as it is known to be one.
    package var credentialExpiry: CredentialExpiry? { connection.tokens.expiry }
}
