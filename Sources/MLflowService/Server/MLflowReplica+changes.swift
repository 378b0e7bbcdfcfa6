import MLflowWire
import RunModel
import RunServices

extension MLflowReplica {
    /// What changed in `scope` after `since`, newest change first.
    func batch(in scope: RunScope, since: Int, pageToken: String? = nil) -> ChangeBatch {
        var batch = ChangeBatch(
            cursor: ChangePosition(identity: identity, scope: scope, version: version, pageToken: pageToken).cursor,
            hasMore: pageToken?.isEmpty == false)
        for (version, subject) in journal.reversed() {
            if version <= since { break }
            guard isLatest(version, subject) else { continue }
            switch subject {
            case .run(let id):
                if let run = runs[id]?.run {
                    if scope.contains(run.experimentID) { batch.runs.append(run) }
                } else if let experiment = gone[id]?.experiment, scope.contains(experiment) {
                    batch.goneRuns.append(id)
                }
            case .experiment(let id):
                if let experiment = experiments[id]?.experiment {
                    batch.experiments.append(experiment)
                } else {
                    batch.goneExperiments.append(id)
                }
            }
        }
        batch.experiments.sort { $0.name < $1.name }
        return batch
    }

    /// Milliseconds since 1970: the year 2100. What is later was written in other units, and says nothing of now.
    static let endOfTime: Int64 = 4_102_444_800_000

    /// Remembers how far in time the answers about `scope` reach.
    mutating func note(_ wire: [WireRun], in scope: RunScope) {
        var reached = progress[scope.key] ?? ScopeProgress()
        for run in wire {
            if let start = run.info.startTime, start < Self.endOfTime {
                reached.lastStart = max(reached.lastStart, start)
            }
            if let end = run.info.endTime, end < Self.endOfTime { reached.lastEnd = max(reached.lastEnd, end) }
        }
        progress[scope.key] = reached
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

    /// Begins the slow walk anew where it is through: with the newest `count` runs that nobody asks about otherwise, as
    /// many as can be met in time when a tick has `room` for so many.
    /// Returns a filter for runs among them that are not known, as from a computer whose clock is slow; nil in the middle.
    mutating func beginWalk(in scope: RunScope, count: Int, room: Int) -> String? {
        guard progress[scope.key]?.walkQueue.isEmpty == true else { return nil }
        let newest = starts.newest(count, in: scope) { _ in true }
        progress[scope.key]?.beginRound(newest.map(\.id).filter { !active.contains($0) }, room: room)
        // What is older is on pages that may not have been read.
        guard let oldest = newest.last?.start else { return nil }
        let known = newest.compactMap { MLflowAPI.quoted($0.id.text) }.joined(separator: ",")
        return "attributes.start_time > \(oldest) AND attributes.run_id NOT IN (\(known))"
    }

    /// The next runs of the slow walk.
    mutating func nextWalked(in scope: RunScope, count: Int) -> [String] {
        guard let queue = progress[scope.key]?.walkQueue else { return [] }
        progress[scope.key]?.walkQueue.removeFirst(min(count, queue.count))
        return queue.prefix(count).map(\.text)
    }

    /// Takes note of a page of the walk over all runs; returns known runs that should have been met and were not.
    mutating func walked(_ wire: [WireRun], in scope: RunScope, isOver: Bool) -> [String] {
        guard var reached = progress[scope.key] else { return [] }
        for run in wire {
            reached.walked.insert(RunID(run.info.runID))
        }
        var missed: [String] = []
        if isOver {
            missed = runs.values.filter {
                scope.contains($0.run.experimentID) && !reached.walked.contains($0.run.id)
            }.map(\.run.id.text)
            reached.walked = []
        }
        progress[scope.key] = reached
        return missed
    }

    mutating func measured(bytes: Int, runs count: Int) {
        if count > 0 { runBytes = max(200, (runBytes + bytes / count) / 2) }
    }
}
