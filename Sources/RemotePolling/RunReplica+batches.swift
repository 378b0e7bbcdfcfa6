package import RunModel
package import RunServices

extension RunReplica {
    /// What changed in `scope` after `since`, newest change first, and where the full read goes on.
    ///
    /// Throws `invalid` when so much went since then that it is not remembered.
    package func batch(
        in scope: RunScope, since: Int64, _ token: String? = nil, _ progress: Pages.Progress = .init()
    ) throws(RunServiceError) -> ChangeBatch {
        try journal.requireMemory(of: since)
        let position = ReplicaPosition(
            identity: identity, scope: scope, version: version, token: token, progress)
        var batch = journal.rest(after: since, upTo: version, in: scope, cursor: position.cursor)
        batch.runs = journal.changed(after: since, in: scope).ids.reversed().compactMap { runs[$0]?.run }
        batch.hasMore = position.token != nil
        return batch
    }

    /// A page of the full read that has just been taken in, with what changed meanwhile.
    /// - Parameter version: of the question before; nil for the first page, which tells of all experiments.
    /// - Parameter before: the version when the page was asked for.
    package mutating func batch(
        loading page: [Run], in scope: RunScope, since version: Int64?, before: Int64, _ pages: Pages
    ) throws(RunServiceError) -> ChangeBatch {
        if !pages.hasMore { progress[scope, default: ScopeProgress()].isLoaded = true }
        var batch = try batch(in: scope, since: version ?? before, pages.token, pages.progress)
        let ids = Set(page.map(\.id))
        batch.runs = page + batch.runs.filter { !ids.contains($0.id) }
        if version == nil {
            batch.goneRuns = []
            batch.experiments = allExperiments
            batch.goneExperiments = []
        }
        return batch
    }

    /// How a service that keeps to these rounds spreads its questions.
    package func pace(of scope: RunScope, byteLimit: Int) -> PollPace {
        let progress = progress[scope] ?? ScopeProgress()
        let active = activeCount(in: scope)
        return PollPace(
            byteLimit: byteLimit, usualActiveRuns: Self.usualActiveRuns, activeRuns: active,
            activeRound: ScopeProgress.activeRound(of: active),
            revisitedRuns: progress.roundRuns, revisitRound: progress.roundLength)
    }
}
