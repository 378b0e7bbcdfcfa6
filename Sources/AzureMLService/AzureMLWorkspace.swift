package import RunModel
package import RunServices

/// A run service on an Azure ML workspace, spoken to by its run-history protocol.
package final class AzureMLWorkspace: SupervisedRunService {
    /// The kind `azureml` and the workspace's name.
    package let description: ServiceDescription
    /// With read-only instances all writing is unavailable.
    package let capabilities: Capabilities
    let connection: AzureMLConnection
    let settings: Settings
    let clock: @Sendable () -> Timestamp

    /// How hard the workspace is asked.
    package struct Settings: Sendable {
        /// Bytes of answers that a tick may cost as long as no more than three runs are active.
        package var tickBytes = 24_000

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
        description = ServiceDescription(kind: "azureml", location: connection.address.workspace)
        let capabilities = Capabilities()
        self.capabilities =
            isReadOnly ? capabilities.readOnly(because: "This Azure ML workspace is opened read-only.") : capabilities
    }

    /// What `--service` takes to open the workspace again.
    package var address: String { connection.address.text }

    package func experiments() async throws(RunServiceError) -> [Experiment] { throw Self.missing }
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> { throw Self.missing }
    package func inspect(_ ids: [RunID], activeDescendants: Bool) async throws(RunServiceError) -> [InspectedRun] {
        throw Self.missing
    }
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails { throw Self.missing }
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] { throw Self.missing }
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch { throw Self.missing }
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run { throw Self.missing }
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        throw Self.missing
    }
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] { throw Self.missing }
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk { throw Self.missing }
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> { throw Self.missing }
    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] { [:] }
    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) { throw Self.missing }
    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus { throw Self.missing }
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run { throw Self.missing }
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        throw Self.missing
    }

    private static let missing = RunServiceError(.unsupported, "This is not built yet.")
}
