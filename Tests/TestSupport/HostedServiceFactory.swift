package import RunServices

/// One kind of hosted run service that the contract is checked on.
///
/// There is no second one: an implementation in memory would have to repeat all of the store's searches to be checked
/// against. Where it matters the tests ask the filter language itself, which needs no store.
package struct HostedServiceFactory: Sendable, CustomStringConvertible {
    package let name: String
    private let factory: RunServiceFactory

    package var description: String { name }

    package static let all = [HostedServiceFactory(name: "LocalStore", factory: .localStore)]

    /// An empty backend, and one instance of its adapter.
    package func make() async throws -> (service: any HostedRunService, backend: TestBackend) {
        let backend = try await factory.makeBackend()
        return (try await Self.open(backend), backend)
    }

    /// Another instance of the adapter on the same backend, as another process would open it.
    package static func open(
        _ backend: TestBackend, readOnly: Bool = false
    ) async throws -> any HostedRunService {
        guard let service = try await backend.open(readOnly: readOnly) as? any HostedRunService else {
            throw RunServiceError(.unsupported, "This run service hosts nothing.")
        }
        return service
    }
}
