import RunModel
import RunServices

/// A run service whose polls wait until a test lets them go.
actor GatedService: RunService {
    nonisolated let description = ServiceDescription(kind: "fake", location: "nowhere")
    nonisolated let capabilities: Capabilities

    private(set) var polls = 0
    private(set) var cancelledPolls = 0
    private(set) var steered: [RunID] = []
    private(set) var detailReads: [RunID] = []
    private(set) var logReads = 0
    private(set) var seriesReads = 0
    private let refusedMetrics: [String: RunServiceError.Code]
    private var isOpen: Bool
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    private var batches: [ChangeBatch]
    private var runs: [RunID: Run] = [:]
    private let log: [UInt8]
    private let longestRead: Int
    private var holdsCommands: Bool
    private var heldCommands: [CheckedContinuation<Void, Never>] = []

    init(
        runs: [Run] = [], isOpen: Bool = true, log: [UInt8] = [], longestRead: Int = .max,
        capabilities: Capabilities = Capabilities(), holdsCommands: Bool = false,
        refusedMetrics: [String: RunServiceError.Code] = [:]
    ) {
        self.refusedMetrics = refusedMetrics
        self.capabilities = capabilities
        self.holdsCommands = holdsCommands
        batches = [ChangeBatch(runs: runs, cursor: ChangeCursor("1"))]
        for run in runs { self.runs[run.id] = run }
        self.isOpen = isOpen
        self.log = log
        self.longestRead = longestRead
    }

    /// Lets all polls pass from now on.
    func open() {
        isOpen = true
        for continuation in waiting.values { continuation.resume() }
        waiting = [:]
    }

    var waitingPolls: Int { waiting.count }

    /// Lets cancels be answered from now on.
    func releaseCommands() {
        holdsCommands = false
        for continuation in heldCommands { continuation.resume() }
        heldCommands = []
    }

    func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        polls += 1
        if !isOpen { await pass(polls) }
        if Task.isCancelled {
            cancelledPolls += 1
            throw RunServiceError(.cancelled, "The question was taken back.")
        }
        if cursor != nil { return ChangeBatch(cursor: ChangeCursor("1")) }
        return batches[0]
    }

    private func pass(_ number: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { continuation.resume() } else { waiting[number] = continuation }
            }
        } onCancel: {
            Task { await self.leave(number) }
        }
    }

    private func leave(_ number: Int) { waiting.removeValue(forKey: number)?.resume() }

    func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        detailReads.append(id)
        guard let run = runs[id] else { throw RunServiceError(.notFound, "There is no run \(id).") }
        return RunDetails(run: run)
    }

    func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run] {
        var found: [Run] = []
        var parents: Set<RunID> = [id]
        repeat {
            let children = runs.values.filter { $0.parentID.map(parents.contains) ?? false }.sorted { $0.id < $1.id }
            found += children
            parents = Set(children.map(\.id))
        } while recursive && !parents.isEmpty
        return found
    }

    func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        logReads += 1
        let from = min(Int(max(0, offset)), log.count)
        let bytes = log[from..<min(log.count, from + min(length, longestRead))]
        return LogChunk(offset: Int64(from), bytes: Array(bytes), size: Int64(log.count))
    }

    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        steered.append(id)
        if holdsCommands { await withCheckedContinuation { heldCommands.append($0) } }
        guard var run = runs[id] else { throw RunServiceError(.notFound, "There is no run \(id).") }
        run.status = .canceled
        runs[id] = run
        return [run]
    }

    func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        steered.append(id)
        guard origin == .person, var run = runs[id] else { throw RunServiceError(.conflict, "\(id) can't change.") }
        run.status = transition.status
        return run
    }

    func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run { throw Self.unused }
    func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run { throw Self.unused }
    func experiments() async throws(RunServiceError) -> [Experiment] { throw Self.unused }
    func runs(
        in scope: RunScope, matching filter: Filter?, limit: Int
    ) async throws(RunServiceError) -> [Run] { throw Self.unused }
    func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        seriesReads += 1
        for key in keys {
            if let code = refusedMetrics[key.metric] { throw RunServiceError(code, "\(key.metric) is refused.") }
        }
        return keys.map { MetricSeries(key: $0, points: [], total: 0) }
    }

    func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] { throw Self.unused }
    func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        throw Self.unused
    }
    func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run { throw Self.unused }
    func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError) { throw Self.unused }

    private static let unused = RunServiceError(.unsupported, "This fake does not do that.")
}
