import RunModel
package import RunServices
import TerminalUI

extension Dashboard {
    /// Asks for what the screen shows and does not have, one request of a kind at a time.
    ///
    /// Called after every action: moving the cursor fast costs one request at a time, for where it is by then.
    mutating func demands() -> [Effect] {
        if queues != nil { return demandQueues() + demandSuspect() }
        // What a comparison covers is not asked for.
        if comparison != nil { return demandComparison() + demandSuspect() }
        var effects = demandDetails() + demandSuspect()
        // The panes are hidden.
        if isOverlaid { return effects + demandOverlay() }
        effects.append(contentsOf: demandSparklines())
        effects.append(contentsOf: demandRanges())
        effects.append(contentsOf: demandCharts())
        effects.append(contentsOf: demandLog())
        effects.append(contentsOf: demandArtifacts())
        return effects
    }

    /// The selected run's page, when it is the selected run's.
    package var currentDetails: RunDetails? {
        detail.details.flatMap { $0.run.id == list.selectedID ? $0 : nil }
    }

    private mutating func demandDetails() -> [Effect] {
        guard let id = list.selectedID, detail.loading == nil, layout.detail.height > 0 else { return [] }
        guard detail.details?.run.id != id || detail.isStale else { return [] }
        // After a failure the next successful poll marks the page stale, so a broken service is not asked in a loop.
        if detail.failedID == id && !detail.isStale { return [] }
        detail.loading = id
        detail.isStale = false
        return [.loadDetails(id)]
    }

    mutating func detailsArrived(_ id: RunID, _ result: Result<RunDetails, RunServiceError>) -> [Effect] {
        if detail.loading == id { detail.loading = nil }
        noteLogs(of: id, result)
        compareSource(of: id, result)
        guard id == list.selectedID else { return [] }
        switch result {
        case .success(let details) where details.run.id != id:
            // Asking again would have the same answer, for ever.
            detail.error = RunServiceError(
                .unexpectedResponse, "The run service answered with another run; \(keyName(.refresh)) asks again.")
            detail.failedID = id
        case .success(let details):
            detail.details = details
            noteGrowth(of: details)
            detail.error = nil
            detail.failedID = nil
        case .failure(let error):
            detail.error = error
            detail.failedID = id
        }
        return []
    }
}
