import RunModel
import RunServices
import Synchronization

/// A run service that refuses what a supervisor asks of it while told to, as a locked database does.
final class RefusingService: SupervisedRunService {
    private let base: any SupervisedRunService
    private let refusing = Mutex(false)
    private let refusals = Mutex(0)
    private let refusingStart = Mutex(false)

    init(_ base: any SupervisedRunService) { self.base = base }

    var isRefusing: Bool {
        get { refusing.withLock { $0 } }
        set { refusing.withLock { $0 = newValue } }
    }

    /// How often details were asked for, and how often at once at the most.
    struct Questions {
        var total = 0
        var open = 0
        var atOnce = 0
    }

    private let asked = Mutex(Questions())
    private let delay = Mutex(0)

    var questions: Questions { asked.withLock { $0 } }

    /// Milliseconds before details are answered.
    var answerDelay: Int {
        get { delay.withLock { $0 } }
        set { delay.withLock { $0 = newValue } }
    }

    func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        asked.withLock {
            $0.total += 1
            $0.open += 1
            $0.atOnce = max($0.atOnce, $0.open)
        }
        defer { asked.withLock { $0.open -= 1 } }
        if answerDelay > 0 { try? await Task.sleep(for: .milliseconds(answerDelay)) }
        return try await base.details(of: id)
    }

    /// Refuses to say that a run has started, as for a run that is over already.
    var refusesStart: Bool {
        get { refusingStart.withLock { $0 } }
        set { refusingStart.withLock { $0 = newValue } }
    }

    var refusalCount: Int { refusals.withLock { $0 } }

    private func consider() throws(RunServiceError) {
        guard isRefusing else { return }
        refusals.withLock { $0 += 1 }
        throw RunServiceError(.unavailable, "The database is locked; try again.")
    }

    func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try consider()
        try await base.attach(supervisor, to: id)
    }

    func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try consider()
        return try await base.heartbeat(of: id)
    }

    func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try consider()
        return try await base.detach(from: id, exit: exit, applying: transition)
    }

    func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try consider()
        try await base.appendLog(bytes, named: name, of: id)
    }
}

extension RefusingService {
    var description: ServiceDescription { base.description }
    var capabilities: Capabilities { base.capabilities }
    var address: String { base.address }

    func commandEnvironment(for run: Run) -> [String: String?] { base.commandEnvironment(for: run) }

    func experiments() async throws(RunServiceError) -> [Experiment] { try await base.experiments() }

    func runs(in scope: RunScope, matching filter: Filter?, limit: Int) async throws(RunServiceError) -> [Run] {
        try await base.runs(in: scope, matching: filter, limit: limit)
    }

    func children(of id: RunID, recursive: Bool, matching filter: Filter?) async throws(RunServiceError) -> [Run] {
        try await base.children(of: id, recursive: recursive, matching: filter)
    }

    func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        try await base.changes(in: scope, since: cursor, pageSize: pageSize)
    }

    func metricSeries(for keys: [MetricSeriesKey], maxPoints: Int) async throws(RunServiceError) -> [MetricSeries] {
        try await base.metricSeries(for: keys, maxPoints: maxPoints)
    }

    func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        try await base.readLog(name, of: id, offset: offset, length: length)
    }

    func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] { try await base.createRuns(drafts) }

    func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        if refusesStart && transition == .start { throw RunServiceError(.conflict, "The run is Canceled.") }
        return try await base.apply(transition, to: id, onBehalfOf: origin)
    }

    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try await base.cancel(id, includingDescendants: includingDescendants)
    }

    func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run {
        try await base.editTags(edits, of: id)
    }

    func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run {
        try await base.rename(id, to: name)
    }

    func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        try await base.addProperties(properties, to: id)
    }

    func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run {
        try await base.logParams(params, to: id)
    }

    func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError) {
        try await base.logMetrics(entries, to: id)
    }
}
