import RunModel

/// Which metric to look at next: run history tells the values of metrics one by one, so that a tick can ask for a few only.
///
/// Runs that were never looked at come first, newest first; then those that ended since, once more; then the active ones in
/// turn.
struct MetricRounds {
    private struct Known {
        var series: [AzureSeries] = []
        /// The series to ask for next; past the last one, what series there are is asked again.
        var next = 0
        /// All values were read after the run was over.
        var isFinal = false
        /// The series were listed after the run was over.
        var wasOver = false
        /// Orders the turns.
        var turn = 0
    }

    /// What to ask of a run: a series, or what series it has.
    struct Question {
        var run: RunID
        var series: AzureSeries?
        /// Whether the run was never looked at, so that a screen still lacks it.
        var isFirst: Bool
    }

    /// Whether run history takes the question for what ended.
    var takesEnds = true
    private var known: [RunID: Known] = [:]
    private var turns = 0
    /// Runs that are remembered.
    private static let limit = 2_000

    /// - Parameter runs: those on a screen, and all that are active, newest first.
    func next(_ runs: [(id: RunID, isOver: Bool)]) -> Question? {
        for run in runs {
            guard let known = known[run.id] else { return Question(run: run.id, series: nil, isFirst: true) }
            if known.turn == 0 { return question(run.id, known, isFirst: true) }
        }
        let waiting = runs.filter { run in known[run.id].map { !run.isOver || !$0.isFinal } ?? false }
        let turn = waiting.min { (known[$0.id]?.turn ?? 0) < (known[$1.id]?.turn ?? 0) }
        guard let turn, var known = known[turn.id] else { return nil }
        if turn.isOver && !known.wasOver { known.next = known.series.count }
        return question(turn.id, known, isFirst: false)
    }

    private func question(_ id: RunID, _ known: Known, isFirst: Bool) -> Question {
        Question(run: id, series: known.next < known.series.count ? known.series[known.next] : nil, isFirst: isFirst)
    }

    /// Takes note of the series of a run.
    mutating func note(_ series: [AzureSeries], of id: RunID, isOver: Bool) {
        if known.count >= Self.limit { known = [:] }
        var entry = known[id] ?? Known()
        entry.series = series
        entry.next = 0
        entry.wasOver = isOver
        // One without metrics has been looked at.
        if series.isEmpty { end(&entry) }
        known[id] = entry
    }

    /// Takes note that a series was read.
    mutating func note(read series: AzureSeries, of id: RunID) {
        guard var entry = known[id] else { return }
        if entry.next < entry.series.count && entry.series[entry.next] == series { entry.next += 1 }
        if entry.next >= entry.series.count { end(&entry) }
        known[id] = entry
    }

    /// Takes note that all of a run's series were read at once.
    mutating func note(whole series: [AzureSeries], of id: RunID, isOver: Bool) {
        note(series, of: id, isOver: isOver)
        known[id]?.next = series.count
        if var entry = known[id] {
            end(&entry)
            known[id] = entry
        }
    }

    /// Whether all values were read after the run was over.
    func isFinal(_ id: RunID) -> Bool { known[id]?.isFinal ?? false }

    private mutating func end(_ entry: inout Known) {
        turns += 1
        entry.turn = turns
        entry.isFinal = entry.wasOver
    }

    /// The series of a run by the name that it has here; nil where they are not known.
    func series(_ key: String, of id: RunID) -> AzureSeries? { known[id]?.series.first { $0.key.isExactly(key) } }
}
