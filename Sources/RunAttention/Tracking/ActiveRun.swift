import RunModel

/// What is remembered of a run that is not over. Times are milliseconds of watching, see `AttentionTracker.watched`.
struct ActiveRun: Sendable {
    var status: RunStatus
    /// When it came into its status, and whether that was seen to happen.
    var since: Int64
    var sinceIsSeen: Bool
    var parent: RunID?
    /// When a metric or its log last grew.
    var activity: Int64
    /// Milliseconds between metrics, on average; nil while nothing says.
    var pace: Double?
    var hasMetrics: Bool
    /// The size of its logs at the last look.
    var logBytes: Int64?
    /// Only these two: what else is marked the run shows by itself.
    var isStalled = false
    var isSilent: Bool
    var toldNotANumber: Bool
    /// It was stalled, or stuck, when it was first seen: that is no news.
    var stallIsOld = false
    var toldStuck = false
    /// How often it stalled or fell silent: tells one time from the next.
    var episodes: UInt32 = 0
    var best: BestMetric?
    /// The GPUs of it that have nothing to do, by number.
    var idleGPUs: [Int: IdleGPU] = [:]
    /// It waits for a look at its logs.
    var isSuspect = false
    /// Milliseconds that its command has to end once it is cancelled, beyond the usual ones.
    var grace: Int64 = 0
    /// When to look at it next; the heap holds an entry for it. `Int64.max` for never.
    var deadline = Int64.max

    struct IdleGPU: Sendable {
        /// By the clock of the machine that it is in.
        var since: Timestamp
        var isTold = false
    }

    /// Milliseconds without news after which it has stalled.
    func stallLimit(_ limits: AttentionLimits) -> Int64 {
        // Beyond the range of integers a pace says nothing more than "for ever".
        max(limits.leastStall, Int64(min((pace ?? 0) * limits.pacesToStall, 1e15)))
    }

    /// When time alone makes something of it.
    func nextDeadline(_ limits: AttentionLimits, at watched: Int64) -> Int64 {
        switch status {
        case .running where isStalled: watched + limits.stalledLook
        case .running: activity + stallLimit(limits)
        default:
            if let limit = stuckLimit(limits), !toldStuck { since + limit } else { .max }
        }
    }

    /// After how long in its state something is wrong with it: a command that may take an hour to end is not stuck.
    func stuckLimit(_ limits: AttentionLimits) -> Int64? {
        limits.limit(of: status).map { $0 + (status == .cancelRequested ? grace : 0) }
    }

    /// Takes the pace of metrics from one more interval between two of them.
    mutating func notePace(_ interval: Int64) {
        guard interval > 0 else { return }
        pace = pace.map { $0 * 0.8 + Double(interval) * 0.2 } ?? Double(interval)
    }
}

/// When to look at which run, the earliest on top: a binary heap.
struct DeadlineHeap: Sendable {
    struct Entry: Sendable {
        let deadline: Int64
        let run: RunID
    }

    private var entries: ContiguousArray<Entry> = []

    var count: Int { entries.count }
    var first: Entry? { entries.first }

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].deadline < entries[parent].deadline else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func popFirst() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].deadline < entries[least].deadline {
                least = child
            }
            if least == parent { return first }
            entries.swapAt(least, parent)
            parent = least
        }
    }
}
