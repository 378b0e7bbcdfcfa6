import AzureMLWire
package import RemotePolling
package import RunModel
package import RunServices
import Synchronization

/// A run service on an Azure ML workspace, spoken to by its run-history protocol.
package final class AzureMLWorkspace: SupervisedRunService {
    /// The kind `azureml` and the workspace's name.
    package let description: ServiceDescription
    /// With read-only instances all writing is unavailable.
    package let capabilities: Capabilities
    let connection: AzureMLConnection
    let settings: Settings
    /// What time it is.
    package let clock: @Sendable () -> Timestamp
    let replica = Mutex(RunReplica())
    let rounds = Mutex(MetricRounds())
    let places = Mutex(ArtifactPlaces())
    let logs = Mutex<[LogKey: WrittenLog]>([:])
    /// What the commands of runs log in with.
    let runTokens = Mutex<[RunID: AccessToken]>([:])

    /// How hard the workspace is asked.
    package struct Settings: Sendable {
        /// Bytes of answers that a tick may cost as long as no more than three runs are active.
        package var tickBytes = 24_000
        /// Requests that a tick makes where nothing has changed.
        package var tickRequests = 3
        /// Runs of an experiment, newest first, that are looked at again every half minute for edits that no time shows.
        package var reconciledRuns = 45
        /// Looks at everything on every tick, for small workspaces and exact tests.
        package var isEager = false
        /// Runs in one page of a long listing.
        package var listPage = 250
        /// Runs of one listing whose metrics are read where nothing in the question asks for them.
        package var listedMetrics = 100

        /// For a screen that a person watches.
        package init() {}
    }

    /// Nothing is sent yet.
    package init(
        _ connection: AzureMLConnection, isReadOnly: Bool = false, settings: Settings = Settings(),
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.connection = connection
        self.settings = settings
        self.clock = clock
        description = ServiceDescription(kind: "azureml", location: connection.address.shownText)
        let capabilities = Capabilities(
            deleteRuns: .unavailable(because: "Azure ML deletes no runs; archive the job in Azure ML studio instead."),
            purgeRuns: .unavailable(because: "Azure ML removes no runs for good."))
        self.capabilities =
            isReadOnly ? capabilities.readOnly(because: "This Azure ML workspace is opened read-only.") : capabilities
    }

    /// What `--service` takes to open the workspace again.
    package var address: String { connection.address.text }

    /// Requests and bytes so far.
    package var traffic: RequestMeter { connection.traffic }

    var api: AzureMLAPI { AzureMLAPI(connection: connection) }

    /// The runs as they are now, but for hidden ones, with the names of their experiments. Those of experiments that are not
    /// listed, as archived ones, are told of and not kept.
    /// - Parameter asked: the replica's version when they were asked for, where that may have been long ago.
    @discardableResult
    func take(_ dtos: [RunDto], asked: Int64? = nil) async throws(RunServiceError) -> [Run] {
        try await records(dtos, asked: asked).map(\.run)
    }

    /// The same, with what they are made from.
    func records(
        _ dtos: [RunDto], asked: Int64? = nil, freshMetrics: Bool = false
    ) async throws(RunServiceError) -> [(record: AzureRecord, run: Run)] {
        let shown = dtos.filter { !$0.hidden }
        try await learnExperiments(of: shown)
        var metrics: [RunID: LatestMetrics] = [:]
        if settings.isEager || freshMetrics {
            let ids = shown.map { RunID($0.runId) }
            let latest = try await concurrently(ids) { id throws(RunServiceError) in
                try await self.latestMetrics(of: id)
            }
            metrics = Dictionary(zip(ids, latest)) { $1 }
        }
        let now = clock()
        return replica.withLock { replica in
            let records = shown.map { dto in
                AzureRecord(
                    dto: dto, experimentName: replica.experiments[ExperimentID(dto.experimentId ?? "")]?.name ?? "")
            }
            let entries = records.map { record in
                RunReplica.Entry(
                    record, at: now, metrics: metrics[record.id] ?? replica.runs[record.id]?.run.metrics ?? .init())
            }
            replica.take(entries.filter { replica.experiments[$0.run.experimentID] != nil }, asked: asked)
            return zip(records, entries).map { ($0, replica.runs[$0.id]?.run ?? $1.run) }
        }
    }

    private func learnExperiments(of dtos: [RunDto]) async throws(RunServiceError) {
        let isUnknown = replica.withLock { replica in
            dtos.contains { replica.experiments[ExperimentID($0.experimentId ?? "")] == nil }
        }
        if isUnknown { try await refreshExperiments() }
    }

    /// A run with what it is made from. Throws `notFound`, for a hidden one too.
    func record(
        of id: RunID, freshMetrics: Bool = false
    ) async throws(RunServiceError) -> (record: AzureRecord, run: Run) {
        guard let dto = try await api.runIfThere(id),
            let found = try await records([dto], freshMetrics: freshMetrics).first
        else {
            throw RunServiceError(.notFound, "The run \(Shown.text(id.text)) is not in this workspace (any more).")
        }
        return found
    }
}

extension RunReplica.Entry {
    init(_ record: AzureRecord, at now: Timestamp, metrics: LatestMetrics) {
        self.init(run: record.run(at: now, metrics: metrics), startTime: record.created, knowsRoot: true)
    }
}
