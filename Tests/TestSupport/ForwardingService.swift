package import RunModel
package import RunServices

/// A run service for one test that is another one but for the calls that it makes its own.
package protocol ForwardingService: SupervisedRunService {
    var base: any SupervisedRunService { get }
}

extension ForwardingService {
    package var description: ServiceDescription { base.description }
    package var capabilities: Capabilities { base.capabilities }
    package var address: String { base.address }

    package func advice(onLastWords words: String) -> String? { base.advice(onLastWords: words) }

    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] {
        base.commandEnvironment(for: run, inherited: inherited)
    }

    package func experiments() async throws(RunServiceError) -> [Experiment] { try await base.experiments() }

    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> { try await base.runs(query) }

    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        try await base.inspect(ids, activeDescendants: activeDescendants)
    }

    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails { try await base.details(of: id) }

    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        try await base.metricSeries(for: keys, maxPoints: maxPoints)
    }

    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        try await base.readLog(name, of: id, offset: offset, length: length)
    }

    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        try await base.artifacts(in: folder, of: id, after: next)
    }

    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        try await base.changes(in: scope, since: cursor, pageSize: pageSize)
    }

    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try await base.createRuns(drafts)
    }

    @discardableResult
    package func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try await base.edit(id, edit)
    }

    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try await base.cancel(id, includingDescendants: includingDescendants)
    }

    package func deleteRun(_ id: RunID) async throws(RunServiceError) { try await base.deleteRun(id) }

    package func restoreRun(_ id: RunID) async throws(RunServiceError) { try await base.restoreRun(id) }

    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        try await base.deletedRuns(after: next)
    }

    package func purgeRun(_ id: RunID) async throws(RunServiceError) { try await base.purgeRun(id) }

    package func attach(_ supervisor: Supervisor, to id: RunID) async throws(RunServiceError) {
        try await base.attach(supervisor, to: id)
    }

    package func heartbeat(of id: RunID) async throws(RunServiceError) -> RunStatus {
        try await base.heartbeat(of: id)
    }

    @discardableResult
    package func detach(
        from id: RunID, exit: CommandExit?, applying transition: Transition
    ) async throws(RunServiceError) -> Run {
        try await base.detach(from: id, exit: exit, applying: transition)
    }

    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try await base.appendLog(bytes, named: name, of: id)
    }

    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool {
        try await base.publishLogs(of: id, isFinal: isFinal)
    }
}
