package import RunModel

/// The source of runs behind every screen: reads, changes since a cursor, and a person's commands.
///
/// The contract, which `RunServiceContractTests` quotes by number and runs over every adapter:
///
/// 1. **Status** is a `RunStatus`; a word the adapter does not know is kept as `.unknown` and shown raw.
/// 2. **Transitions.** Failed and Canceled are final; Completed may still become Failed. A late lifecycle event on a
///    final run is ignored and succeeds, for it is re-sent after errors; a person's command that cannot apply throws
///    `conflict` and names the current status. The service sets start and end time, once, in UTC milliseconds.
/// 3. **Cancel.** With a live supervisor the run becomes CancelRequested at once, and Canceled when its process group
///    is gone; without one it becomes Canceled at once. With descendants, every active one is cancelled, children first.
/// 4. **Fail** keeps an optional code and message with the run.
/// 5. **Complete** sets Completed and the end time.
/// 6. **Tags** are upserted and deleted by key; a key-only tag differs from an empty value where `keyOnlyTags` is available.
/// 7. **Properties** are add-only: the same value again is accepted; another value for an existing key throws
///    `immutable`, names the key and both values, and nothing of that call is kept.
/// 8. **Children** nest to any depth, know their parent and root, and are created singly or as one all-or-nothing batch.
/// 9. **Metrics** are series of (step, timestamp, value); NaN, infinities and texts survive.
/// 10. **Changes** applied in order give the same as a full read; their cost grows with what changed.
/// 11. **Query**: a listing takes the one filter language; the adapter pushes down what its backend can evaluate.
/// 12. **Errors** are `RunServiceError`s; what cannot be read never looks empty.
/// 13. **Capabilities** are declared, and a call without its capability throws `unsupported` with the same reason.
/// 14. **Names** of runs change as a person likes, whatever the status; a name is one line and not empty.
package protocol RunService: Sendable {
    var description: ServiceDescription { get }
    var capabilities: Capabilities { get }

    // Reading

    /// All experiments with their counts, by name.
    func experiments() async throws(RunServiceError) -> [Experiment]

    /// Up to `limit` runs of `scope` that match, newest start first.
    func runs(in scope: RunScope, matching filter: Filter?, limit: Int) async throws(RunServiceError) -> [Run]

    /// Throws `notFound`.
    func details(of id: RunID) async throws(RunServiceError) -> RunDetails

    /// The children of a run, or all its descendants, parents before children, that match.
    func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run]

    /// What changed in `scope` since `cursor`; nil asks for everything.
    ///
    /// A full read comes in pages of about `pageSize` runs, most recently changed first, so that a screen fills at once.
    /// A page size of 0 asks for changes alone, and leaves the rest of a full read for a later question.
    /// Throws `invalid` for a cursor that is not this service's; the caller then starts again with nil.
    func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch

    /// Samples of at most `maxPoints` points (2 or more) each; a key without points is left out.
    func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries]

    /// Up to `length` bytes of a log from `offset` bytes on; a negative offset counts from the end. Throws `notFound`.
    func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk

    // Writing

    /// Creates runs in one transaction, as NotStarted, in the order given; a parent may be earlier in the same batch.
    @discardableResult
    func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run]

    /// Moves a run along in its life, on behalf of a person or of the run's own machinery (clause 2).
    ///
    /// Returns the run as it is afterwards.
    @discardableResult
    func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run

    /// Cancels a run as a person asks (clause 3) and returns the runs it changed, children first.
    @discardableResult
    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run]

    /// Applies all edits or none.
    @discardableResult
    func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run

    /// Gives a run another name. Throws `invalid` for what cannot be one.
    @discardableResult
    func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run

    @discardableResult
    func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run

    /// Parameters are write-once like properties, and refuse in the same way.
    @discardableResult
    func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run

    /// Appends points, all or none, in one transaction.
    func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError)
}

extension RunService {
    /// Creates one run.
    @discardableResult
    package func createRun(_ draft: RunDraft) async throws(RunServiceError) -> Run {
        let created = try await createRuns([draft])
        guard let run = created.first else {
            throw RunServiceError(.unexpectedResponse, "The run service created no run; try again.")
        }
        return run
    }
}
