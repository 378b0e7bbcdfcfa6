import Algorithms
package import RunModel
package import RunServices

extension RunReplica {
    /// Milliseconds since 1970: the year 2100. What is later was written in other units, and says nothing of now.
    package static let endOfTime: Int64 = 4_102_444_800_000
    /// Milliseconds within which the slow walk meets what a usual screen shows.
    package static let reconcileTime: Int64 = 24_000
    /// A tick's bytes are meant for so many active runs; more of them cost more.
    package static let usualActiveRuns = 3
    /// Active runs that are all asked about in each tick: 100 kB.
    package static let activeRuns = 25
    /// Where there are more, so many in a tick: half a screen, and a few of the others. That one of these has ended is told
    /// by another question, at once; what they logged may wait, and reading it costs the most of a tick.
    package static let activeRunsByTurns = 16
    /// One tick in so many looks at experiments instead of runs.
    package static let experimentTurn = 8

    /// Takes note that a tick begins; returns how far the questions are, and the milliseconds since the last one.
    package mutating func beginTick(in scope: RunScope, at now: Timestamp) -> (progress: ScopeProgress, elapsed: Int64)
    {
        var reached = progress[scope] ?? ScopeProgress()
        let elapsed = reached.lastTick.map { now.milliseconds(since: $0) } ?? 0
        reached.ticks += 1
        reached.lastTick = now
        progress[scope] = reached
        return (reached, elapsed)
    }

    /// Remembers how far in time the answers about `scope` reach.
    package mutating func note(_ times: some Sequence<(start: Int64?, end: Int64?)>, in scope: RunScope) {
        var reached = progress[scope] ?? ScopeProgress()
        for (start, end) in times {
            if let start, start < Self.endOfTime { reached.lastStart = max(reached.lastStart, start) }
            if let end, end < Self.endOfTime { reached.lastEnd = max(reached.lastEnd, end) }
        }
        progress[scope] = reached
    }

    /// The question for what started: from which moment on, and which runs it need not tell of again.
    ///
    /// Beyond a few, naming them grows longer than it saves: then only what is later than all known ones is asked for, and
    /// the slow walk finds the rest, unless nothing may be missed.
    package func started(
        in scope: RunScope, since moment: Int64, mayMissSome: Bool
    ) -> (from: Int64, isLater: Bool, besides: [RunID]) {
        let known = starts.started(from: moment, in: scope)
        if known.count <= 20 { return (moment, false, known) }
        guard mayMissSome else { return (moment, false, []) }
        let newest = starts.newest(1, in: scope) { _ in true }.first?.start
        return (max(moment, newest ?? 0), true, [])
    }

    /// Up to `count` active runs of `scope`.
    ///
    /// Where there are more, half of those on a screen, so that each of them is asked about every other time, and the
    /// others in turn.
    package mutating func nextActive(in scope: RunScope, count: Int = activeRuns) -> [String] {
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
        let turn = (others[start...] + others[..<start])
            .prefix(max(1, min(count, Self.activeRunsByTurns) - front.count))
        reached.lastActive = turn.last
        progress[scope] = reached
        return (front + turn).map(\.text)
    }

    /// How many runs of `scope` are active.
    package func activeCount(in scope: RunScope) -> Int {
        if case .all = scope { return active.count }
        return active.count { id in runs[id].map { scope.contains($0.run.experimentID) } ?? false }
    }

    /// Runs that the slow walk may ask about in this tick with so many bytes `left`, and never so few that many active
    /// runs, or large ones, bring the walk to a stand.
    package func affordableRuns(bytes left: Int) -> Int {
        max(active.count > Self.usualActiveRuns ? 2 : 1, max(0, left) / runBytes)
    }

    /// Begins the slow walk anew where it is through: with the newest `count` runs that are asked about in no other
    /// way, as many as can be met in time when a tick has `room` for so many.
    ///
    /// Returns what asks for runs among them that are not known, as from a computer whose clock is slow: all that are later
    /// than a moment but for those known. Nil in the middle of a round.
    package mutating func beginWalk(
        in scope: RunScope, count: Int, room: Int
    ) -> (laterThan: Int64, besides: [RunID])? {
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
        return newest.last.map { ($0.start, newest.map(\.id)) }
    }

    /// How many of `runs`, the size of a round, a tick is to look at so that the round ends in time.
    package static func dueRuns(of runs: Int, elapsed: Int64) -> Int {
        Int(min(Int64(runs) * min(max(elapsed, 1_000), 3_600_000) / reconcileTime + 1, 100))
    }

    /// The next runs of the slow walk.
    package mutating func nextWalked(in scope: RunScope, count: Int) -> [String] {
        guard let queue = progress[scope]?.walkQueue else { return [] }
        progress[scope]?.walkQueue.removeFirst(min(count, queue.count))
        return queue.prefix(count).map(\.text)
    }

    /// Takes note of a page of the walk over all runs; returns known runs that should have been met and were not.
    package mutating func walked(_ ids: [RunID], in scope: RunScope, isOver: Bool) -> [String] {
        guard var reached = progress[scope] else { return [] }
        reached.walked.formUnion(ids)
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

    /// Takes note of how large runs are on their way.
    package mutating func measured(bytes: Int, runs count: Int) {
        if count > 0 { runBytes = max(200, (runBytes + bytes / count) / 2) }
    }
}
