import LocalStore
import ProcessTable
import RunModel
import RunReports
import RunServices

/// Finds the runs that say Running though nothing is heard of them.
struct SilentRunSearch: Sendable {
    let span: TimeSpan
    let service: any SupervisedRunService

    /// What a run can say that nothing carries on. One that waits is silent by nature, and a cancel has its own end.
    private static let statuses: [RunStatus] = [.running, .preparing, .finalizing, .notResponding]
    private static let pageSize = 500

    /// Those of the runs that are silent.
    func among(_ ids: [RunID]) async throws(RunServiceError) -> [InspectedRun] {
        let now = LocalStore.systemClock()
        return try await service.inspect(ids, activeDescendants: false).filter { isSilent($0, at: now) }
    }

    /// All silent runs, those that a filter finds.
    func all(matching filter: Filter?) async throws -> [InspectedRun] {
        let isRunning = FilterExpression.comparison(
            FilterComparison(.status, .isIn, Self.statuses.map { .text($0.word) }))
        let expression = filter.map { FilterExpression.and([isRunning, $0.expression]) } ?? isRunning
        let query = RunQuery(.scope(.all), matching: try Filter(expression), limit: .max)
        var found: [InspectedRun] = []
        let now = LocalStore.systemClock()
        try await RunPages(query, of: service).forEach { runs in
            // Most are told by themselves: one whose newest metric is young needs no question for its supervisor.
            let quiet = runs.filter { isSilent(InspectedRun(run: $0, supervisor: nil), at: now) }
            for start in stride(from: 0, to: quiet.count, by: Self.pageSize) {
                let page = quiet[start..<min(quiet.count, start + Self.pageSize)]
                found += try await among(page.map(\.id))
            }
        }
        return found
    }

    private func isSilent(_ run: InspectedRun, at now: Timestamp) -> Bool {
        guard Self.statuses.contains(run.run.status) else { return false }
        if let state = run.supervisor, state.exit == nil, isAliveHere(state.supervisor) { return false }
        return now.milliseconds(since: run.lastSign(notAfter: now)) >= span.milliseconds
    }

    /// A supervisor that ctrl-z stopped sends no heartbeats, and is there all the same.
    private func isAliveHere(_ supervisor: Supervisor) -> Bool {
        let process = supervisor.process
        guard supervisor.host == ProcessTable.hostName else { return false }
        return ProcessTable.isAlive(pid: process.pid, startTicks: process.startTicks, bootID: process.bootID) == true
    }

    /// Looks once more, since a person may have taken a while to agree.
    func close(_ run: InspectedRun, as failure: RunFailure) async throws(RunServiceError) -> Run {
        guard try await !among([run.run.id]).isEmpty else {
            throw RunServiceError(.conflict, "The run showed a sign of life, so it was left as it is.")
        }
        let seen = LocalStore.systemClock().milliseconds(since: run.lastSign(notAfter: LocalStore.systemClock()))
        let failure = RunFailure(
            code: failure.code ?? "Silent",
            message: failure.message ?? "Nothing was heard of the run for \(MomentText.duration(seen)).")
        return try await service.apply(.fail(failure), to: run.run.id, onBehalfOf: .person)
    }
}
