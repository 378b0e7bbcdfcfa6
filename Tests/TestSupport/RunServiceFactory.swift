import Foundation
import LocalStore
package import RunModel
package import RunServices

/// One kind of run service that the contract is checked on; to add an adapter, add it to `all`.
package struct RunServiceFactory: Sendable, CustomStringConvertible {
    package let name: String
    /// What the backend can hold of what not every backend can.
    package var holds: Set<Distinction> = []
    /// How many random histories a test of this service goes through: fewer where one takes seconds.
    package var histories = 8
    /// More runs than the service reads at once.
    package var manyRuns = 2_500
    /// A backend of its own, empty, for one test.
    package let makeBackend: @Sendable () async throws -> TestBackend

    package var description: String { name }

    package static let all: [RunServiceFactory] = [
        memory, localStore, mlflowDatabase, mlflowFiles, mlflowServer, runwatchServer, mlflowToRunwatch,
        azureToRunwatch,
    ].filter { factory in
        // `RUNWATCH_CONTRACT=AzureML` checks the services with this in their names, for who works on one of them.
        ProcessInfo.processInfo.environment["RUNWATCH_CONTRACT"].map { factory.name.contains($0) } ?? true
    }

    /// What some backends cannot keep, so that the contract leaves it open there.
    package enum Distinction: Sendable, CaseIterable {
        /// Metrics that are texts.
        case textMetrics
        /// Numbers and texts in one metric.
        case mixedMetrics
        /// The sign of zero and the greatest finite number, which MLflow's databases use for infinity.
        case everyNumber
        /// Numbers that count the runs of an experiment.
        case runNumbers
        /// When a run changed last, also before the service was opened.
        case timesOfChange
        /// Tag keys of any characters.
        case anyTagKey
        /// Run ids that whoever creates a run chooses.
        case chosenIDs
        /// Samples with the same distance everywhere.
        case evenSamples
        /// How many points a metric has, when only a sample of them is asked for.
        case pointCounts
    }

    /// A run id for a draft; nil where the backend chooses ids itself, so that tests go by the ids of what was created.
    package func id(_ text: String) -> RunID? { holds.contains(.chosenIDs) ? RunID(text) : nil }

    /// The reference: what the contract asks for and nothing more.
    package static let memory = RunServiceFactory(
        name: "MemoryService", holds: Set(Distinction.allCases)
    ) {
        let backend = MemoryBackend()
        let clock = TestClock()
        return TestBackend(clock: clock) { readOnly in
            let open = Capabilities(deleteRuns: .available, purgeRuns: .available)
            return MemoryService(
                backend, capabilities: readOnly ? open.readOnly(because: "This instance only reads.") : open
            ) { clock.now }
        }
    }

    package static let localStore = RunServiceFactory(
        name: "LocalStore", holds: Set(Distinction.allCases)
    ) {
        let directory = try TemporaryDirectory()
        let clock = TestClock()
        return TestBackend(clock: clock) { readOnly in
            // The store keeps the directory, since it opens connections as it needs them.
            try await LocalStore.open(
                at: directory.path, access: readOnly ? .readOnly : .readWrite,
                clock: { withExtendedLifetime(directory) { clock.now } })
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
