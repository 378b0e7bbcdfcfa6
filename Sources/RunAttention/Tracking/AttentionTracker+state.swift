package import RunModel

/// What screens show of it.
extension AttentionTracker {
    /// Everything about the run that asks for attention.
    package func marks(of run: Run) -> AttentionMarks {
        var marks = run.ownMarks
        if run.status == .running, stalled.contains(run.id) { marks.insert(.stalled) }
        return marks
    }

    /// Milliseconds in its present state, and whether it was seen to come into it: without that it is longer. Nil for runs
    /// that are over.
    package func stateAge(of id: RunID) -> (age: Int64, isExact: Bool)? {
        runs[id].map { (max(0, watched - $0.since), $0.sinceIsSeen) }
    }

    /// Whether it is in a state on the way for longer than such a state lasts.
    package func isStuck(_ id: RunID) -> Bool {
        guard let record = runs[id], let limit = record.stuckLimit(limits) else { return false }
        return watched - record.since >= limit
    }

    /// Milliseconds since a metric or its log grew; nil for runs that are not running.
    package func quietness(of id: RunID) -> Int64? {
        runs[id].flatMap { $0.status == .running ? max(0, watched - $0.activity) : nil }
    }

    /// How many runs are remembered.
    package var rememberedCount: Int { runs.count }
}
