import AzureMLWire
package import RemotePolling
import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// One page of the full read, from as many experiments as it takes, and what changed meanwhile.
    package func load(
        _ scope: RunScope, since version: Int64?, _ pages: Pages, count: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        var pages = pages
        let ids = try experimentIDs(of: scope)
        var place =
            try pages.token.map { text throws(RunServiceError) in
                guard let place = ExperimentPlace(text: text) else {
                    throw RunServiceError(
                        .invalid, "This place in the changes is not known any more; everything is read again.")
                }
                return place
            } ?? ids.first.map { ExperimentPlace($0) }
        let before = replica.withLock { $0.version }
        var dtos: [RunDto] = []
        while dtos.count < count, let current = place {
            let page = try await measuredPage(in: current.experiment, after: current.token, count: count - dtos.count)
            dtos += page.value
            note(page.value, in: current.experiment)
            if let token = page.continuationToken, !token.isEmpty {
                place = ExperimentPlace(current.experiment, after: token)
                // One that sends nothing and says that there is more is counted by `Pages`.
                if page.value.isEmpty { break }
            } else {
                // One that is gone meanwhile ends the read too early for the others, so it starts again with the first.
                let index = ids.firstIndex(of: current.experiment).map { $0 + 1 } ?? 0
                place = index < ids.count ? ExperimentPlace(ids[index]) : nil
            }
        }
        try pages.turn(to: place?.text, items: dtos.count)
        var runs = try await take(dtos)
        if !pages.hasMore { ProcessMemory.giveBack() }
        runs.sort { ($0.createdAt, $1.id) > ($1.createdAt, $0.id) }
        return try replica.withLock { replica throws(RunServiceError) in
            try replica.batch(loading: runs, in: scope, since: version, before: before, pages)
        }
    }

    func measuredPage(
        in experiment: ExperimentID, filter: String? = nil, after token: String? = nil, count: Int
    ) async throws(RunServiceError) -> PaginatedDto<RunDto> {
        let before = traffic.bytes
        let page = try await api.runPage(in: experiment, filter: filter, after: token, count: count)
        let bytes = traffic.bytes - before
        replica.withLock { $0.measured(bytes: bytes, runs: page.value.count) }
        return page
    }

    /// How often a tick comes to each of the scope's runs, and what it may cost.
    package func pace(of scope: RunScope) -> PollPace {
        replica.withLock { replica in
            let busy = Set(replica.active.compactMap { replica.runs[$0]?.run.experimentID }.filter(scope.contains))
            var pace = replica.pace(of: scope, byteLimit: settings.tickBytes)
            guard case .all = scope else { return pace }
            // A tick asks about one or two experiments, those with active runs every other time.
            let turns = (busy.count + 1) / 2
            pace.activeRound = max(pace.activeRound, turns)
            let lengths = replica.experiments.keys.compactMap { replica.progress[.experiment($0)] }
            pace.revisitedRuns = lengths.map(\.roundRuns).max() ?? 0
            pace.revisitRound = lengths.compactMap(\.roundLength).max().map {
                $0 * max(1, replica.experiments.count - 1)
            }
            return pace
        }
    }
}
