import Algorithms
import MLflowWire
import RunModel
import RunServices

extension MLflowReplica {
    /// Milliseconds since 1970: the year 2100. What is later was written in other units, and says nothing of now.
    static let endOfTime: Int64 = 4_102_444_800_000

    /// Remembers how far in time the answers about `scope` reach.
    mutating func note(_ wire: [WireRun], in scope: RunScope) {
        var reached = progress[scope] ?? ScopeProgress()
        for run in wire {
            if let start = run.info.startTime, start < Self.endOfTime {
                reached.lastStart = max(reached.lastStart, start)
            }
            if let end = run.info.endTime, end < Self.endOfTime { reached.lastEnd = max(reached.lastEnd, end) }
        }
        progress[scope] = reached
    }

    /// Up to `count` active runs of `scope`.
    ///
    /// Where there are more, half of those on a screen, so that each of them is asked about every other time, and the
    /// others in turn.
    mutating func nextActive(in scope: RunScope, count: Int) -> [String] {
        let all = active.compactMap { id in runs[id].map { (id: id, start: $0.startTime, $0.run.experimentID) } }
            .filter { scope.contains($0.2) }
            .sorted { ($0.start, $1.id) > ($1.start, $0.id) }
            .map(\.id)
        if all.count <= count { return all.map(\.text) }
        var reached = progress[scope] ?? ScopeProgress()
        let screen = all.prefix(ScopeProgress.screenRows)
        let half = (screen.count + 1) / 2
        let front = reached.ticks % 2 == 0 ? screen.prefix(half) : screen.dropFirst(half)
        let others = all.dropFirst(screen.count).sorted()
        let start = reached.lastActive.map { last in others.partitioningIndex { $0 > last } } ?? 0
        let turn = (others[start...] + others[..<start]).prefix(count - front.count)
        reached.lastActive = turn.last
        progress[scope] = reached
        return (front + turn).map(\.text)
    }

    func activeCount(in scope: RunScope) -> Int {
        if case .all = scope { return active.count }
        return active.count { id in runs[id].map { scope.contains($0.run.experimentID) } ?? false }
    }

    /// Begins the slow walk anew where it is through: with the newest `count` runs that are asked about in no other
    /// way, as many as can be met in time when a tick has `room` for so many. Returns a filter for runs among them that
    /// are not known, as from a computer whose clock is slow; nil in the middle.
    mutating func beginWalk(in scope: RunScope, count: Int, room: Int) -> String? {
        guard let reached = progress[scope], reached.walkQueue.isEmpty, reached.ticks >= reached.nextRound else {
            return nil
        }
        let newest = starts.newest(count, in: scope) { _ in true }
        let resting = newest.map(\.id).filter { !active.contains($0) }
        progress[scope]?.beginRound(resting, room: room)
        // Where most of what a screen shows is active, and so asked about anyway, a round is soon over; the questions that
        // begin it name all active runs and cost the server more than the rest of a tick.
        if active.count > ScopeProgress.screenRows {
            progress[scope]?.nextRound = reached.ticks + ScopeProgress.roundTicks
        }
        // What is older is on pages that may not have been read.
        guard let oldest = newest.last?.start else { return nil }
        let known = newest.compactMap { MLflowAPI.quoted($0.id.text) }.joined(separator: ",")
        return "attributes.start_time > \(oldest) AND attributes.run_id NOT IN (\(known))"
    }

    /// The next runs of the slow walk.
    mutating func nextWalked(in scope: RunScope, count: Int) -> [String] {
        guard let queue = progress[scope]?.walkQueue else { return [] }
        progress[scope]?.walkQueue.removeFirst(min(count, queue.count))
        return queue.prefix(count).map(\.text)
    }

    /// Takes note of a page of the walk over all runs; returns known runs that should have been met and were not.
    mutating func walked(_ wire: [WireRun], in scope: RunScope, isOver: Bool) -> [String] {
        guard var reached = progress[scope] else { return [] }
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
        progress[scope] = reached
        return missed
    }

    mutating func measured(bytes: Int, runs count: Int) {
        if count > 0 { runBytes = max(200, (runBytes + bytes / count) / 2) }
    }
}
