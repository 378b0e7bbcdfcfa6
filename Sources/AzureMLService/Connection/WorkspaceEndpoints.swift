package import HTTPTransport
package import RunServices

/// Where the services of a workspace are, as discovery tells it.
package struct WorkspaceEndpoints: Sendable, Equatable {
    /// Base addresses by the names that discovery has for them: `history`, `api`, `experimentation`, …
    package var services: [String: HTTPAddress]
    /// Stays when the workspace is renamed; nil where nothing tells.
    package var workspaceID: String?
    /// The organisation whose people may log in; nil where nothing tells.
    package var tenant: String?
    /// The discovery address itself, which the environment of a command names; nil where nothing tells.
    package var discoveryURL: String?

    /// Services at these addresses.
    package init(
        services: [String: HTTPAddress], workspaceID: String? = nil, tenant: String? = nil, discoveryURL: String? = nil
    ) {
        self.services = services
        self.workspaceID = workspaceID
        self.tenant = tenant
        self.discoveryURL = discoveryURL
    }

    /// One server that is all of them.
    package init(everythingAt address: HTTPAddress) {
        self.init(
            services: Dictionary(uniqueKeysWithValues: Self.names.map { ($0, address) }),
            discoveryURL: address.text + "/discovery")
    }

    /// The services that are asked here.
    private static let names = ["history", "api", "experimentation"]
}

/// Finds out where the services of a workspace are.
package protocol EndpointResolver: Sendable {
    /// The endpoints, kept by the resolver as long as it likes.
    /// - Parameter rejecting: endpoints that it told before and that cannot be reached: it looks again.
    func endpoints(rejecting: WorkspaceEndpoints?) async throws(RunServiceError) -> WorkspaceEndpoints
}

/// Endpoints that are known from the start.
package struct KnownEndpoints: EndpointResolver {
    private let endpoints: WorkspaceEndpoints

    /// Always tells these.
    package init(_ endpoints: WorkspaceEndpoints) { self.endpoints = endpoints }

    /// Always the same.
    package func endpoints(rejecting: WorkspaceEndpoints?) async throws(RunServiceError) -> WorkspaceEndpoints {
        endpoints
    }
}
