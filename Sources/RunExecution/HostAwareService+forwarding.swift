package import RunModel
package import RunServices

/// All that has nothing to do with processes.
extension HostAwareService {
    package var description: ServiceDescription { base.description }
    package var capabilities: Capabilities { base.capabilities }
    package var address: String { base.address }

    package func commandEnvironment(for run: Run) -> [String: String?] { base.commandEnvironment(for: run) }

    package func experimentName(in environment: [String: String]) async throws(RunServiceError) -> String? {
        try await base.experimentName(in: environment)
    }

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

    package func experiments() async throws(RunServiceError) -> [Experiment] { try await base.experiments() }

    package func runs(
        in scope: RunScope, matching filter: Filter?, limit: Int
    ) async throws(RunServiceError) -> [Run] {
        try await base.runs(in: scope, matching: filter, limit: limit)
    }

    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        try await base.details(of: id)
    }

    package func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run] {
        try await base.children(of: id, recursive: recursive, matching: filter)
    }

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

    @discardableResult
    package func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try await base.createRuns(drafts)
    }

    @discardableResult
    package func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        try await base.apply(transition, to: id, onBehalfOf: origin)
    }

    @discardableResult
    package func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run {
        try await base.editTags(edits, of: id)
    }

    @discardableResult
    package func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run {
        try await base.rename(id, to: name)
    }

    @discardableResult
    package func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        try await base.addProperties(properties, to: id)
    }

    @discardableResult
    package func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run {
        try await base.logParams(params, to: id)
    }

    package func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError) {
        try await base.logMetrics(entries, to: id)
    }
}
