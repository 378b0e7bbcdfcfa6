package import AzureMLService
package import HTTPTransport
import RunServices

extension RunServiceFactory {
    /// Our adapter of Azure ML's workspaces, pointed at our server, as a client that takes it for one.
    package static let azureToRunwatch = RunServiceFactory(
        name: "AzureMLWorkspace on runwatch serve",
        holds: [.textMetrics, .runNumbers, .anyTagKey, .chosenIDs], histories: 2,
        manyRuns: 60
    ) {
        let clock = TestClock()
        let server = try await ServedStore(clock: { clock.now }, isEmpty: true)
        let connection = try AzureMLConnection.onServer(server)
        var settings = AzureMLWorkspace.Settings()
        settings.isEager = true
        settings.listPage = 50
        return TestBackend(clock: clock) { [settings] readOnly in
            HeldService(
                base: AzureMLWorkspace(connection, isReadOnly: readOnly, settings: settings) { clock.now },
                server: server)
        }
    }
}

extension AzureMLConnection {
    /// A workspace of our server, with a token that it takes as any other.
    package static func onServer(_ server: ServedStore, token: String = "a-token") throws -> AzureMLConnection {
        try at(server.address, token: token)
    }

    /// A workspace at the address of a server.
    package static func at(_ address: String, token: String = "a-token") throws -> AzureMLConnection {
        let host = try HTTPAddress(address)
        var network = AzureMLNetwork(environment: [:])
        network.patience = 60_000
        return AzureMLConnection(
            WorkspaceAddress.ofTests(at: host),
            endpoints: KnownEndpoints(WorkspaceEndpoints(everythingAt: host)),
            tokens: FixedToken(AccessToken(token, expiresAt: nil), name: "the test", remedy: "start it again"),
            network: network)
    }
}

extension WorkspaceAddress {
    /// Any server of ours has it.
    package static func ofTests(at host: HTTPAddress? = nil) -> WorkspaceAddress {
        WorkspaceAddress(subscription: "0000", group: "group", workspace: "space", host: host)
    }
}
