import RunAttention
import RunModel
import RunServices

/// A service and somebody who follows it; the clock moves only when told to.
struct Watching {
    var follower: RunFollower
    private(set) var runs: [String: Run] = [:]
    private var changed: Set<String> = []
    private(set) var now = Timestamp(milliseconds: 1_800_000_000_000)
    private(set) var monotonic: Int64 = 5_000
    /// What the log of each run has grown to.
    var logs: [String: Int64] = [:]
    /// The batch of the last poll.
    private(set) var lastBatch = ChangeBatch(cursor: ChangeCursor("0"))

    init(readsLogs: Bool = false) { follower = RunFollower(readsLogs: readsLogs) }

    mutating func put(
        _ id: String, _ status: RunStatus = .running, in experiment: String = "e", parent: String? = nil,
        age: Int64 = 0
    ) {
        let created = now.advanced(byMilliseconds: -age)
        put(
            Run(
                id: RunID(id), experimentID: ExperimentID(experiment), experimentName: experiment, name: id,
                status: status,
                parentID: parent.map { RunID($0) }, createdAt: created,
                startedAt: status == .queued ? nil : created, endedAt: status.isTerminal ? now : nil))
    }

    mutating func put(_ run: Run) {
        runs[run.id.text] = run
        changed.insert(run.id.text)
    }

    mutating func change(_ id: String, _ body: (inout Run) -> Void) {
        guard var run = runs[id] else { return }
        body(&run)
        put(run)
    }

    mutating func end(_ id: String, _ status: RunStatus, _ failure: RunFailure? = nil) {
        let now = now
        change(id) { run in
            run.status = status
            run.failure = failure
            run.endedAt = now
        }
    }

    mutating func log(_ id: String, _ value: Double = 0.5, metric: String = "loss", step: Int64 = 1) {
        let point = MetricPoint(step: step, timestamp: now, value: .number(value))
        change(id) { $0.metrics.set(point, forKey: metric) }
    }

    mutating func wait(_ milliseconds: Int64) {
        now.milliseconds += milliseconds
        monotonic += milliseconds
    }

    /// One poll, with what changed since the last.
    mutating func poll() -> [RunEvent] {
        var batch = ChangeBatch(cursor: ChangeCursor("1"))
        batch.runs = changed.sorted().compactMap { runs[$0] }
        var experiments: [ExperimentID: Experiment] = [:]
        for run in runs.values {
            experiments[
                run.experimentID,
                default: Experiment(id: run.experimentID, name: run.experimentName, createdAt: run.createdAt)
            ].counts.add(1, of: run.status)
        }
        batch.experiments = experiments.values.sorted { $0.id < $1.id }
        changed = []
        return deliver(batch)
    }

    mutating func deliver(_ batch: ChangeBatch) -> [RunEvent] {
        lastBatch = batch
        var events = follower.take(batch, at: now, monotonic: monotonic)
        while let suspect = follower.nextSuspect() {
            events += follower.noteLogs(of: suspect, bytes: logs[suspect.text] ?? 0, at: now)
        }
        return events
    }

    /// Polls every 2 s for so long.
    mutating func watch(for milliseconds: Int64) -> [RunEvent] {
        var events: [RunEvent] = []
        for _ in 0..<(milliseconds / 2_000) {
            wait(2_000)
            events += poll()
        }
        return events
    }
}

extension [RunEvent] {
    /// `KIND run` of each.
    var told: [String] { map { "\($0.kind.word) \($0.name)" } }
}
