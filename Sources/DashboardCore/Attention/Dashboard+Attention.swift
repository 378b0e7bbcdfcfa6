import RunAttention
import RunModel
import RunServices

extension Dashboard {
    /// Has the tracker see what a merge changed, and keeps what it makes of it.
    ///
    /// - Parameter isMoreToCome: the first full read goes on.
    mutating func notice(
        _ outcome: RunList.MergeOutcome, gone: [RunID] = [], experiments: [Experiment] = [], isMoreToCome: Bool = false
    ) {
        // Three intervals may pass between polls before what happened meanwhile counts as unseen.
        attention.tracker.limits.longestGap = max(60_000, Int64(3 * polling.interval))
        let events = attention.tracker.take(
            outcome.changes, gone: gone, experiments: experiments, in: list.table, isMoreToCome: isMoreToCome,
            at: now.wall, monotonic: now.monotonic)
        tell(events)
    }

    /// Takes in runs that another answer than a poll's brought.
    mutating func take(_ runs: [Run]) {
        let outcome = list.merge(runs, gone: [], at: now.wall, isLoading: false)
        notice(outcome, isMoreToCome: polling.loaded.isEmpty)
    }

    /// What this dashboard's user asked for is no news to them.
    mutating func expectEnd(by steering: Steering, of runs: [RunID], refused: [RunID] = []) {
        switch steering {
        case .cancel, .kill: attention.tracker.expect(.canceled, of: runs)
        case .fail: attention.tracker.expect(.failed, of: runs)
        case .complete: attention.tracker.expect(.completed, of: runs)
        case .order, .editTags, .rename, .describe: return
        }
        for run in refused { attention.tracker.expectNothing(of: run) }
    }

    private mutating func tell(_ events: [RunEvent]) {
        list.setStalled(attention.tracker.stalled)
        guard !events.isEmpty else { return }
        attention.log.append(events, at: service.location)
        send(events)
    }

    /// Asks for the page of a run that may have stalled, one at a time: its logs decide.
    mutating func demandSuspect() -> [Effect] {
        guard attention.suspect == nil, polling.error == nil, let id = attention.tracker.nextSuspect() else {
            return []
        }
        attention.suspect = id
        return [.loadDetails(id)]
    }

    /// Any run's page that comes tells how large its logs are.
    mutating func noteLogs(of id: RunID, _ result: Result<RunDetails, RunServiceError>) {
        if attention.suspect == id { attention.suspect = nil }
        let bytes: Int64?
        switch result {
        case .success(let details) where details.run.id == id:
            bytes = details.logsError == nil ? details.logs.reduce(0) { $0 + $1.size } : nil
        case .success: return
        case .failure(let error):
            // It is asked again when the service answers.
            if error.mayPass { return }
            bytes = nil
        }
        tell(attention.tracker.noteLogs(of: id, bytes: bytes, in: list.table, at: now.wall))
    }
}

extension RunList {
    /// Which runs have stalled, for filters that ask so.
    mutating func setStalled(_ runs: Set<RunID>) {
        if runs != stalled { stalled = runs }
    }
}
