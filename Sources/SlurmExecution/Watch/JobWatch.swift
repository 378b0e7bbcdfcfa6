import Logging
package import RunModel
package import RunServices
package import SlurmCommands

/// Tells runs what became of their jobs, where no supervisor does: why they wait, and how they ended when the supervisor went
/// down with its node or was never started.
///
/// It is shown what changed, as `HostReaper` is, and never waited for. Of all runs it looks at those that are active and name a
/// job of this user's on this cluster; one question to Slurm, shared with all other dashboards here, answers for all of them.
package actor JobWatch {
    let service: any SupervisedRunService
    let tool: SlurmTool
    let snapshot: SharedSnapshot
    let clock: @Sendable () -> Timestamp
    let logger = Logger(label: "runwatch.slurm")
    var watched: [RunID: Watched] = [:]
    /// Ends that only the accounting knows, by the key of the job; of the look under way.
    var accounted: [String: SlurmJob] = [:]
    /// Nil until Slurm has told; empty where there is no Slurm.
    private var cluster: String?
    /// Seconds for which Slurm remembers a job that is over.
    private(set) var memory = 0
    private var lastAttempt: Timestamp?
    private var looking: Task<Void, Never>?
    private var lastLook: Timestamp?
    /// Whether a supervisor whose job is over is given a moment to say so itself.
    var isExpectingEnds = false

    /// A run that may need a word.
    struct Watched {
        var run: Run
        let since: Timestamp
        /// Whether its job was seen to wait.
        var wasWaiting = false
        /// When its cancel was first seen.
        var orderedSince: Timestamp?
        /// When its job was first seen to be over, and what was seen: Slurm may forget it before the run can be told.
        var over: (job: SlurmJob, since: Timestamp)?
    }

    /// Milliseconds for which a supervisor whose job is over may still be about to write that down.
    static let supervisorPatience: Int64 = 5_000
    /// Milliseconds, on top of its grace, for which a supervisor may take to obey a cancel.
    static let cancelPatience: Int64 = 15_000
    /// Milliseconds between attempts to learn the cluster's name.
    private static let retryInterval: Int64 = 60_000

    /// - Parameters:
    ///   - snapshot: of this user's jobs.
    ///   - clock: the one by which the snapshot is dated.
    package init(
        _ service: any SupervisedRunService, tool: SlurmTool, snapshot: SharedSnapshot,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.service = service
        self.tool = tool
        self.snapshot = snapshot
        self.clock = clock
    }

    /// Returns at once; a look follows when one is due.
    package nonisolated func take(_ batch: ChangeBatch) {
        take(batch.runs, gone: batch.goneRuns)
    }

    /// As above, for callers that ask for their runs themselves.
    package nonisolated func take(_ runs: [Run]) { take(runs, gone: []) }

    private nonisolated func take(_ runs: [Run], gone: [RunID]) {
        guard service.capabilities.changeStatus == .available else { return }
        Task(priority: .utility) {
            await note(runs, gone: gone)
            await lookWhenDue()
        }
    }

    /// Takes note of what changed and looks at once.
    package func look(after batch: ChangeBatch) async {
        note(batch.runs, gone: batch.goneRuns)
        await look()
    }

    private func note(_ runs: [Run], gone: [RunID]) {
        for run in runs { note(run) }
        for id in gone { watched[id] = nil }
    }

    private func note(_ run: Run) {
        // A run canceled from where there is no Slurm may have left its job behind.
        let isActive = !run.status.isTerminal || run.status == .canceled
        guard isActive, run.slurmJob != nil || run.isSlurmArray, cluster != "",
            run.machineTags.value(forKey: Run.slurmUserTag) == SlurmTool.userName
        else {
            watched[run.id] = nil
            return
        }
        var entry = watched[run.id] ?? Watched(run: run, since: clock())
        entry.run = run
        if run.status == .cancelRequested {
            entry.orderedSince = entry.orderedSince ?? clock()
        } else {
            entry.orderedSince = run.status == .canceled ? entry.orderedSince ?? clock() : nil
        }
        watched[run.id] = entry
    }

    private func lookWhenDue() async {
        if looking != nil || watched.isEmpty { return }
        let pause = isExpectingEnds ? Self.supervisorPatience : snapshot.interval
        if let lastLook, clock().milliseconds(since: lastLook) < pause { return }
        await look()
    }

    /// Looks once at every run that is watched, and returns when what was found is recorded.
    package func look() async {
        while let looking { await looking.value }
        if watched.isEmpty { return }
        let task = Task { await lookNow() }
        looking = task
        await task.value
        looking = nil
        lastLook = clock()
    }

    private func lookNow() async {
        guard let cluster = await clusterName(), !cluster.isEmpty else { return }
        for (id, entry) in watched
        where entry.run.machineTags.value(forKey: Run.slurmClusterTag) != .some(cluster) { watched[id] = nil }
        if watched.isEmpty { return }
        // What is wrong shows where Slurm is looked at; the next look asks again.
        guard let answer = try? await snapshot.newest() else { return }
        isExpectingEnds = false
        let jobs = JobIndex(answer)
        await askAccounting(jobs)
        var concluded: Set<RunID> = []
        for entry in Array(watched.values) {
            if entry.run.isSlurmArray {
                concluded.insert(entry.run.id)
            } else if await judge(entry, jobs), let parent = entry.run.parentID {
                concluded.insert(parent)
            }
        }
        for parent in concluded { await conclude(parent) }
    }

    private func conclude(_ parent: RunID) async {
        if let run = watched[parent]?.run, run.status.isTerminal { watched[parent] = nil }
        try? await ArrayParent.conclude(parent, on: service)
    }

    /// Empty where Slurm's commands are not installed; nil while they do not answer.
    private func clusterName() async -> String? {
        if let cluster { return cluster }
        guard tool.isInstalled else {
            cluster = ""
            watched = [:]
            return cluster
        }
        let now = clock()
        if let lastAttempt, now.milliseconds(since: lastAttempt) < Self.retryInterval { return nil }
        lastAttempt = now
        let setup = try? await tool.setup()
        memory = setup?.memory ?? 0
        cluster = setup?.cluster
        return cluster
    }
}
