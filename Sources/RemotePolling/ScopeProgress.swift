package import RunModel

/// How far the questions about one scope have come.
package struct ScopeProgress {
    /// The largest start time seen, milliseconds since 1970.
    package var lastStart: Int64 = 0
    /// The largest end time seen, milliseconds since 1970.
    package var lastEnd: Int64 = 0
    /// The newest runs that the slow walk has yet to look at again.
    package var walkQueue: [RunID] = []
    /// The tick before which no further round begins.
    package var nextRound = 0
    /// Where among the runs beyond a usual screen the next round of the walk goes on.
    private var farTurn = 0
    /// What the walk over all runs met since it began.
    package var walked: Set<RunID> = []
    /// The last active run that was asked about, when there are too many for one tick.
    package var lastActive: RunID?
    /// Counts ticks, so that rare questions take turns.
    package var ticks = 0
    /// When the last tick began.
    package var lastTick: Timestamp?
    /// How many runs the round of the slow walk is about.
    package private(set) var roundRuns = 0
    /// The tick at which it began.
    private var roundBegan: Int?
    /// The ticks that the one before took.
    package private(set) var roundLength: Int?
    /// Whether all runs have been read once.
    package var isLoaded = false
    /// Rows of runs on a screen of 120 by 40 cells.
    package static let screenRows = 22
    /// Ticks of the usual 2 s in which a round is to end, without those that look at experiments.
    package static let roundTicks = 12

    /// Before anything was asked.
    package init() {}

    /// Ticks in which each of `count` active runs is asked about: those on a screen in two, the others in turn.
    package static func activeRound(of count: Int) -> Int {
        if count <= RunReplica.activeRuns { return 1 }
        let front = (min(count, screenRows) + 1) / 2
        let turn = max(1, RunReplica.activeRunsByTurns - front)
        return max(2, (count - min(count, screenRows) + turn - 1) / turn)
    }

    /// Queues all of `runs` where there is room for them in a round, else what a screen shows of them, and a few of the
    /// others in turn.
    package mutating func beginRound(_ runs: [RunID], room: Int) {
        if let roundBegan, roundRuns > 0 { roundLength = ticks - roundBegan }
        roundBegan = ticks
        let size = max(room * Self.roundTicks, Self.screenRows + 2)
        roundRuns = min(runs.count, size)
        walkQueue = runs
        if runs.count <= size { return }
        let far = runs[Self.screenRows...]
        let turn = farTurn % far.count
        let others = far.dropFirst(turn) + far.prefix(turn)
        walkQueue = Array(runs.prefix(Self.screenRows) + others.prefix(size - Self.screenRows))
        farTurn = turn + size - Self.screenRows
    }
}
