import MLflowWire
import RunModel
import RunServices

extension MLflowReplica {
    /// What changed in `scope` after `since`, newest change first.
    func batch(in scope: RunScope, since: Int, pageToken: String? = nil) -> ChangeBatch {
        let changed = runs.values.filter { $0.version > since && scope.contains($0.run.experimentID) }
            .sorted { $0.version > $1.version }
        return ChangeBatch(
            runs: changed.map(\.run),
            goneRuns: gone.filter { $0.value.version > since && scope.contains($0.value.experiment) }.map(\.key),
            experiments: experiments.values.filter { $0.version > since }.map(\.experiment)
                .sorted { $0.name < $1.name },
            goneExperiments: goneExperiments.filter { $0.value > since }.map(\.key),
            cursor: ChangePosition(identity: identity, scope: scope, version: version, pageToken: pageToken).cursor,
            hasMore: pageToken?.isEmpty == false)
    }

    /// Remembers how far in time the answers about `scope` reach.
    mutating func note(_ wire: [WireRun], in scope: RunScope) {
        var reached = progress[scope.key] ?? ScopeProgress()
        for run in wire {
            reached.lastStart = max(reached.lastStart, run.info.startTime ?? 0)
            reached.lastEnd = max(reached.lastEnd, run.info.endTime ?? 0)
        }
        progress[scope.key] = reached
    }

    /// The runs of `scope` that started at that very moment: they need not come again.
    func known(startedAt moment: Int64, in scope: RunScope) -> [RunID] {
        runs.values.filter { $0.startTime == moment && scope.contains($0.run.experimentID) }.map(\.run.id)
    }

    /// Up to `count` active runs of `scope`, going round.
    mutating func nextActive(in scope: RunScope, count: Int) -> [String] {
        let all = active.filter { runs[$0].map { scope.contains($0.run.experimentID) } ?? false }.sorted()
        if all.count <= count { return all.map(\.text) }
        let last = progress[scope.key]?.lastActive
        let start = last.flatMap { last in all.firstIndex { $0 > last } } ?? 0
        let chosen = (0..<count).map { all[(start + $0) % all.count] }
        progress[scope.key]?.lastActive = chosen.last
        return chosen.map(\.text)
    }

    /// Takes note of a page of the slow walk; returns known runs that should have been met and were not.
    mutating func walked(_ wire: [WireRun], in scope: RunScope, next: String?, limit: Int) -> [String] {
        guard var reached = progress[scope.key] else { return [] }
        for run in wire {
            reached.walked.insert(RunID(run.info.runID))
            reached.walkedOldest = min(reached.walkedOldest, run.info.startTime ?? 0)
        }
        let isOver = next?.isEmpty != false
        reached.walkToken = isOver || reached.walked.count >= limit ? nil : next
        var missed: [String] = []
        if reached.walkToken == nil {
            let oldest = isOver ? Int64.min : reached.walkedOldest
            missed = runs.values.filter {
                $0.startTime > oldest && scope.contains($0.run.experimentID) && !reached.walked.contains($0.run.id)
            }.map(\.run.id.text)
        }
        progress[scope.key] = reached
        if reached.walkToken == nil { beginWalk(in: scope) }
        return missed
    }

    /// Forgets how far the slow walk came.
    mutating func beginWalk(in scope: RunScope) {
        progress[scope.key]?.walkToken = nil
        progress[scope.key]?.walked = []
        progress[scope.key]?.walkedOldest = .max
    }

    mutating func measured(bytes: Int, runs count: Int) {
        if count > 0 { runBytes = max(200, (runBytes + bytes / count) / 2) }
    }
}
