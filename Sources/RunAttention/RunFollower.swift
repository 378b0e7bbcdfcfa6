package import RunModel
package import RunServices

/// Follows a service's changes for a caller that keeps no runs itself, and tells what happened.
///
/// ```
/// var follower = RunFollower()
/// let events = follower.take(batch, at: now, monotonic: milliseconds)   // after every poll, also an empty one
/// if let id = follower.nextSuspect() { … follower.noteLogs(of: id, bytes: size, at: now) }
/// ```
package struct RunFollower: Sendable {
    /// Who notices.
    package var tracker = AttentionTracker()
    /// Every run that a batch told of.
    package private(set) var known = KnownRuns()

    /// - Parameter readsLogs: whether the caller answers `nextSuspect`.
    package init(readsLogs: Bool) { tracker.readsLogs = readsLogs }

    /// Takes in a batch and tells what happened; nothing of the first one, however many pages it has, is news.
    package mutating func take(_ batch: ChangeBatch, at now: Timestamp, monotonic: Int64) -> [RunEvent] {
        var changes: [RunChange] = []
        for run in batch.runs {
            let previous = known.merge(run)
            if previous != run { changes.append(RunChange(previous: previous, run: run)) }
        }
        for id in batch.goneRuns { known.remove(id) }
        return tracker.take(
            changes, gone: batch.goneRuns, experiments: batch.experiments, in: known, isMoreToCome: batch.hasMore,
            at: now, monotonic: monotonic)
    }

    /// A run whose logs have to be looked at; nil for none.
    package mutating func nextSuspect() -> RunID? { tracker.nextSuspect() }

    /// The size of all of a run's logs; nil where it cannot be known.
    package mutating func noteLogs(of id: RunID, bytes: Int64?, at now: Timestamp) -> [RunEvent] {
        tracker.noteLogs(of: id, bytes: bytes, in: known, at: now)
    }
}

/// Runs by id, and how the children of each are doing.
package struct KnownRuns: RunIndex, Sendable {
    private var runs: [RunID: Run] = [:]
    private var children: [RunID: StatusCounts] = [:]

    /// None yet.
    package init() {}

    /// Takes in a run and returns what was known of it.
    mutating func merge(_ run: Run) -> Run? {
        let previous = runs.updateValue(run, forKey: run.id)
        if let previous, previous.parentID == run.parentID, previous.status == run.status { return previous }
        if let previous { count(previous, -1) }
        count(run, 1)
        return previous
    }

    mutating func remove(_ id: RunID) {
        if let run = runs.removeValue(forKey: id) { count(run, -1) }
    }

    private mutating func count(_ run: Run, _ amount: Int) {
        guard let parent = run.parentID else { return }
        children[parent, default: StatusCounts()].add(amount, of: run.status)
        if children[parent]?.total == 0 { children[parent] = nil }
    }

    /// Nil for a run that no batch told of.
    package func run(_ id: RunID) -> Run? { runs[id] }

    /// How many of its children are in each status.
    package func childCounts(of id: RunID) -> StatusCounts { children[id] ?? StatusCounts() }
}
