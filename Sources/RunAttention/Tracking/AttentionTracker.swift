package import RunModel

/// Tells what happened to runs from nothing but what polls say of them, each happening once.
///
/// What was there when a service was first read is no news; neither is what this program's user did. Only runs that are
/// not over are remembered, and a batch costs what is in it: time alone makes work only for runs whose time has come.
package struct AttentionTracker: Sendable {
    /// How long is too long.
    package var limits = AttentionLimits()
    /// Whether somebody looks at logs when asked to; without, metrics alone say what stalls.
    package var readsLogs = true

    /// Milliseconds for which the service was watched: a poll that took an hour to come adds little, so that what
    /// happened unseen in that hour is no silence of a run.
    private(set) var watched: Int64 = 0
    private var clock: Int64?
    /// Those that are not over.
    var runs: [RunID: ActiveRun] = [:]
    /// Those that have stalled.
    package internal(set) var stalled: Set<RunID> = []
    /// How many children of which run are not over; absent for none.
    var activeChildren: [RunID: Int] = [:]
    var heap = DeadlineHeap()
    /// Runs that would have stalled if their logs did not grow either, in the order of suspicion.
    var suspects = SuspectQueue()
    /// The newest moment that the first full read told of, by the service's clock: what is older is no news. Nil until
    /// that has ended.
    private var baseline: Timestamp?
    private var newestRead = Timestamp.earliest
    /// Experiments that have, or had, runs.
    var experiments: Set<ExperimentID> = []
    /// What this program's user asked for, by run: no news when it happens.
    var ours: [RunID: RunStatus] = [:]
    var announced = AnnouncedEvents()

    /// More wishes of a user's are not kept; each goes when it comes true.
    private static let mostOurs = 10_000

    /// Nothing is known yet.
    package init() {}

    /// Another service comes, or the same one anew: what it tells first is no news. What was announced stays announced.
    package mutating func restart() {
        var fresh = AttentionTracker()
        (fresh.limits, fresh.readsLogs, fresh.announced) = (limits, readsLogs, announced)
        self = fresh
    }

    /// Takes in one answer of the service, which may be empty, and tells what happened.
    ///
    /// - Parameters:
    ///   - gone: runs that were deleted.
    ///   - experiments: those that the answer tells of.
    ///   - index: all runs as they are after the answer.
    ///   - isMoreToCome: the first full read goes on after this answer.
    ///   - monotonic: ms of a clock that never goes back.
    package mutating func take(
        _ changes: [RunChange], gone: [RunID] = [], experiments: [Experiment] = [], in index: some RunIndex,
        isMoreToCome: Bool = false, at now: Timestamp, monotonic: Int64
    ) -> [RunEvent] {
        advance(to: monotonic)
        var notes = AttentionNotes(now: now)
        for change in changes { note(change, &notes) }
        for id in gone { forget(id) }
        if baseline == nil { readFirst(changes, isLast: !isMoreToCome, at: now) }
        for experiment in experiments where experiment.counts.total > 0 { self.experiments.insert(experiment.id) }
        for change in changes { self.experiments.insert(change.run.experimentID) }
        judgeDue(&notes, index)
        judgeFamilies(&notes, index)
        return tell(notes, index)
    }

    /// A person of this program asked for this status: no news when it comes.
    package mutating func expect(_ status: RunStatus, of ids: [RunID]) {
        for id in ids where ours.count < Self.mostOurs || ours[id] != nil { ours[id] = status }
    }

    /// What was asked for was refused.
    package mutating func expectNothing(of id: RunID) { ours[id] = nil }

    private mutating func advance(to monotonic: Int64) {
        if let clock { watched += min(max(0, monotonic - clock), limits.longestGap) }
        clock = monotonic
    }

    private mutating func readFirst(_ changes: [RunChange], isLast: Bool, at now: Timestamp) {
        for change in changes {
            let run = change.run
            newestRead = max(newestRead, run.createdAt, run.startedAt ?? run.createdAt, run.endedAt ?? run.createdAt)
        }
        if isLast { baseline = min(newestRead, now) }
    }

    /// Whether a moment that the service told lies after all that it told first.
    func isNews(_ moment: Timestamp) -> Bool { baseline.map { moment > $0 } ?? false }

    mutating func forget(_ id: RunID) {
        if let record = runs.removeValue(forKey: id), let parent = record.parent { childLeft(parent) }
        ours[id] = nil
        stalled.remove(id)
    }

    mutating func childCame(_ parent: RunID) {
        activeChildren[parent, default: 0] += 1
        // A parent that starts a child works.
        if stalled.remove(parent) != nil { runs[parent]?.isStalled = false }
    }

    mutating func childLeft(_ parent: RunID) {
        let count = (activeChildren[parent] ?? 0) - 1
        activeChildren[parent] = count > 0 ? count : nil
        // It worked through its child until now.
        runs[parent]?.activity = watched
    }
}

/// What one answer came to, until it is told.
struct AttentionNotes {
    struct Note {
        var kind: RunEvent.Kind
        var run: Run
        /// What tells this happening from others of its kind.
        var part: String
        var detail: String
        var best: BestMetric?
    }

    let now: Timestamp
    var notes: [Note] = []
    /// Runs that ended, or one of whose children did.
    var families: Set<RunID> = []
    /// Runs that ended as this program's user wanted.
    var unheard: Set<RunID> = []

    mutating func add(
        _ kind: RunEvent.Kind, _ run: Run, _ part: String = "", detail: String = "", best: BestMetric? = nil
    ) {
        notes.append(Note(kind: kind, run: run, part: part, detail: detail, best: best))
    }
}
