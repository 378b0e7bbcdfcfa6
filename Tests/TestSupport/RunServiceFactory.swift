import LocalStore
import RunModel
package import RunServices

/// One kind of run service that the contract is checked on; to add an adapter, add it to `all`.
package struct RunServiceFactory: Sendable, CustomStringConvertible {
    package let name: String
    /// A backend of its own, empty, for one test.
    package let makeBackend: @Sendable () async throws -> TestBackend

    package var description: String { name }

    package static let all = [localStore]

    package static let localStore = RunServiceFactory(name: "LocalStore") {
        let directory = try TemporaryDirectory()
        let clock = TestClock()
        return TestBackend(clock: clock) { readOnly in
            try await LocalStore.open(
                at: directory.path, access: readOnly ? .readOnly : .readWrite, clock: { clock.now })
        }
    }
}

/// A backend with nothing in it, which several instances of its adapter may share.
package struct TestBackend: Sendable {
    /// What the service takes for the time.
    package let clock: TestClock
    private let openInstance: @Sendable (_ readOnly: Bool) async throws -> any SupervisedRunService

    package init(
        clock: TestClock, open: @escaping @Sendable (_ readOnly: Bool) async throws -> any SupervisedRunService
    ) {
        self.clock = clock
        openInstance = open
    }

    /// Another instance of the adapter on the same backend, as another process would open it.
    package func open(readOnly: Bool = false) async throws -> any SupervisedRunService {
        try await openInstance(readOnly)
    }
}
