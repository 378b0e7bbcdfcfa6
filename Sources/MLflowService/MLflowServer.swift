import Algorithms
import HTTPTransport
import MLflowArtifacts
import MLflowWire
package import RemotePolling
package import RunModel
package import RunServices
import Synchronization

/// A run service on an MLflow tracking server, spoken to by its REST protocol 2.0.
package final class MLflowServer: SupervisedRunService {
    /// The kind `mlflow` and the server's address, without credentials.
    package let description: ServiceDescription
    /// Key-only tags are unavailable; with read-only instances all writing is.
    package let capabilities: Capabilities

    let api: MLflowAPI
    let trackingURI: String
    /// What time it is.
    package let clock: @Sendable () -> Timestamp
    let replica: Mutex<RunReplica>
    let logs = Mutex(ArtifactLogs())
    let logFiles = ArtifactLogFiles()
    let settings: Settings

    /// How hard the server is asked.
    package struct Settings: Sendable {
        /// Bytes of answers that a tick may cost as long as no more than three runs are active, whatever the server holds:
        /// the active runs come first, and what is left goes to looking at others again. The last run may exceed it.
        package var tickBytes = 24_000
        /// Runs, newest first, that are looked at again every half minute for edits that no question of time finds.
        package var reconciledRuns = 45
        /// Looks at everything on every tick, for small servers and exact tests.
        package var isEager = false
        /// Milliseconds to wait for any answer at least: a supervisor, unlike a person, has time.
        package var patience: Int64 = 0
        /// Runs in one page of a long listing: 1 MB and half a second of an MLflow server's time. Larger pages would be no
        /// faster, and their memory would stay the program's largest part.
        package var listPage = 250

        /// For a program that no person waits for at every step.
        package static var patient: Settings {
            var settings = Settings()
            settings.patience = HTTPCall.listDeadline
            return settings
        }

        /// For a screen that a person watches.
        package init() {}
    }

    /// Nothing is sent yet. Throws `invalid` when a certificate file cannot be used.
    package init(
        _ connection: MLflowConnection, isReadOnly: Bool = false, settings: Settings = Settings(),
        clock: @escaping @Sendable () -> Timestamp
    ) throws(RunServiceError) {
        api = try MLflowAPI(connection, settings)
        trackingURI = connection.trackingURI
        self.clock = clock
        self.settings = settings
        replica = Mutex(RunReplica())
        description = ServiceDescription(kind: "mlflow", location: connection.transport.address.text)
        var capabilities = Capabilities(
            keyOnlyTags: .unavailable(because: "MLflow keeps a value, perhaps an empty one, with every tag."),
            deleteRuns: .available,
            purgeRuns: .unavailable(
                because:
                    "MLflow's protocol removes no run for good; `mlflow gc`, called where the server's store is, does.")
        )
        if isReadOnly { capabilities = capabilities.readOnly(because: Capabilities.openedReadOnly) }
        self.capabilities = capabilities
    }

    /// Requests and bytes so far.
    package var traffic: RequestMeter { api.traffic }

    /// The runs as they are now, with experiment names and roots; ancestors that are not known yet are fetched.
    /// `asked`: the replica's version when they were asked for, where that may have been long ago.
    @discardableResult
    func take(_ wire: [WireRun], asked: Int64? = nil) async throws(RunServiceError) -> [Run] {
        try await learnExperiments(of: wire)
        let ancestors = try await unknownAncestors(of: wire)
        let now = clock()
        return replica.withLock { replica in
            replica.take(ancestors + wire, at: now, asked: asked)
            return wire.compactMap { replica.runs[RunID($0.info.runID)]?.run }
        }
    }

    private func learnExperiments(of wire: [WireRun]) async throws(RunServiceError) {
        let isUnknown = replica.withLock { replica in
            wire.contains { replica.experiments[ExperimentID($0.info.experimentID)] == nil }
        }
        if isUnknown { try await refreshExperiments() }
    }

    /// Level by level, since a parent may have a parent that is not known either.
    private func unknownAncestors(of wire: [WireRun]) async throws(RunServiceError) -> [WireRun] {
        var all = wire
        var level = wire
        // Deeper than any tree that people make; a bound against cycles and bad tags.
        for _ in 0..<20 {
            let missing = replica.withLock { $0.missingParents(of: level, besides: all) }
            if missing.isEmpty { break }
            level = try await fetch(missing)
            let found = Set(level.map(\.info.runID))
            replica.withLock { $0.noteMissing(missing.filter { !found.contains($0) }) }
            all = level + all
        }
        return Array(all.prefix(all.count - wire.count))
    }

    /// The runs with these ids, as far as they exist.
    func fetch(_ ids: [String]) async throws(RunServiceError) -> [WireRun] {
        let experiments = replica.withLock { $0.experiments.keys.map(\.text) }
        var found: [WireRun] = []
        for part in ids.chunks(ofCount: 100) {
            let filter = "attributes.run_id IN (\(part.compactMap { MLflowAPI.quoted($0) }.joined(separator: ",")))"
            found += try await api.runPage(in: experiments, filter: filter, count: 100).runs ?? []
        }
        return found
    }
}
