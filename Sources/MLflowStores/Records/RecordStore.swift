import MLflowArtifacts
import RunModel
import RunServices

/// A run service over one of MLflow's stores on this machine's disk; `MLflowDatabase` and `MLflowFileStore` are such.
///
/// What a record means and what a command writes is `MLflowMapping`'s to say; a store only reads and writes records.
protocol RecordStore: SupervisedRunService {
    associatedtype Session: RecordSession
    associatedtype Transaction: RecordTransaction

    var clock: @Sendable () -> Timestamp { get }
    var logFiles: ArtifactLogFiles { get }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Session) throws -> Value
    ) async throws(RunServiceError) -> Value

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws(RunServiceError) -> Value

    /// Runs `body` with a ledger that knows every change up to now.
    func poll<Value: Sendable>(
        _ body: @escaping @Sendable (inout ChangeLedger, Session) throws -> Value
    ) async throws(RunServiceError) -> Value
}

/// What MLflow's stores on disk can do.
enum StoredCapabilities {
    /// `readOnlyReason` is nil where runs can be changed.
    static func make(readOnlyReason: String?) -> Capabilities {
        let capabilities = Capabilities(
            keyOnlyTags: .unavailable(because: "MLflow keeps no tags without a value; the value is kept empty."),
            deleteRuns: .available,
            purgeRuns: .unavailable(
                because: "What MLflow keeps beside a run is MLflow's to remove for good: call `mlflow gc`."))
        return readOnlyReason.map(capabilities.readOnly) ?? capabilities
    }

    static let readOnlyByChoice = Capabilities.openedReadOnly
}
