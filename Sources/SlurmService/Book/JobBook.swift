import FileAccess
import RunModel
import RunServices
import SlurmCommands

/// All jobs that are known, as runs, and what changed of them: from Slurm's answers, and from what was written down of jobs
/// that Slurm has forgotten.
actor JobBook {
    let tool: SlurmTool
    let snapshots: SharedSnapshot
    /// Nil until the cluster's name is known.
    var memory: JobMemory?
    let memoryRoot: String?
    let owner: SlurmOwner
    private let clock: @Sendable () -> Timestamp

    /// What the newest answer holds, and what single questions brought since, by `JobMemory.memoryKey`.
    private var present: [String: SlurmJob] = [:]
    /// Jobs that are over, as they were written down.
    private var past: [String: SlurmJob] = [:]
    private var pastPlace: JobMemory.Place?
    /// When each job that a single question told of, or told of no more, was asked about.
    private var askedAt: [String: Timestamp] = [:]
    private var takenAt: Timestamp?
    /// Jobs whose end was ordered from here, with how often they had begun anew: that order ends no later beginning.
    private var cancelled: [String: Int] = [:]
    /// What Slurm said of the output of a job that a listing tells no paths of, by its key.
    var outputs: [String: KnownOutput] = [:]
    /// Milliseconds that Slurm gives a job to end, once that is known.
    var grace: Int64?
    /// The question for the cluster's name that is under way.
    var learning: Task<Void, Never>?
    var hasLearned = false
    /// When it is asked again, where Slurm did not answer.
    var learnAgainAt: Timestamp?

    /// The jobs that runs were last made of, and those runs.
    var jobs: [String: SlurmJob] = [:]
    private(set) var runs: [RunID: Run] = [:]
    /// The members of each array, by its number.
    private(set) var arrays: [Int: Set<String>] = [:]
    private(set) var journal = ChangeJournal()
    /// When a run went over to another partition, as versions of the journal.
    private(set) var moves: [RunID: Int64] = [:]

    /// - Parameter memoryRoot: where jobs that are over are kept; nil keeps them in this process.
    init(
        _ tool: SlurmTool, of owner: SlurmOwner, _ snapshots: SharedSnapshot, memoryRoot: String?,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.tool = tool
        self.owner = owner
        self.snapshots = snapshots
        self.memoryRoot = memoryRoot
        self.clock = clock
    }

    /// What a caller waits for.
    enum Patience {
        /// A poll, for nothing.
        case poll
        /// What is about one job, until it is known what is remembered.
        case prompt
        /// What has no age to tell, until an answer is not older than the interval.
        case listing
    }

    /// Takes in what is known by now, and returns how fresh that is.
    func refresh(for patience: Patience) async throws(RunServiceError) -> Freshness {
        learn()
        if patience != .poll { await learning?.value }
        let snapshot = patience == .listing ? try await snapshots.newest() : try await snapshots.latest()
        await inTurn { await self.apply(snapshot) }
        enquire()
        if patience == .listing { await enquiry?.value }
        return Freshness(asOf: snapshot.takenAt, interval: snapshots.interval, trouble: snapshot.failure)
    }

    /// Takes in the answer to a question about some jobs, by the keys that were asked for.
    func take(_ answer: [SlurmJob], about keys: [String]) async {
        await inTurn { await self.apply(answer, about: keys) }
    }

    /// Whatever takes in something, one after the other: each waits for files in between.
    func inTurn(_ work: @escaping @Sendable () async -> Void) async {
        let before = turn
        let task = Task {
            await before?.value
            await work()
        }
        turn = task
        await task.value
    }

    private var turn: Task<Void, Never>?

    private func apply(_ snapshot: SlurmSnapshot) async {
        let isNew = takenAt != snapshot.takenAt
        let before = present
        if isNew {
            takenAt = snapshot.takenAt
            take(snapshot)
        }
        let hasNews = await recall()
        if isNew { notice(since: before) }
        if isNew || hasNews {
            await writeDown()
            rebuild()
        }
    }

    private func apply(_ answer: [SlurmJob], about keys: [String]) async {
        let now = clock()
        // Of an array that was asked about as a whole, other tasks wait now than did before.
        let arrays = Set(keys.compactMap { Int($0) }).intersection(answer.map { $0.arrayJob ?? $0.id })
        for (key, job) in present {
            guard case .waiting = job.arrayTask, let array = job.arrayJob, arrays.contains(array) else { continue }
            present[key] = nil
            askedAt[key] = now
        }
        for job in whole(answer) {
            let key = JobMemory.memoryKey(job)
            present[key] = job
            askedAt[key] = now
        }
        await writeDown()
        rebuild()
    }

    /// Notes that the end of a job was ordered from here.
    func noteCancel(of key: String) async {
        cancelled[key] = jobs[key]?.restarts ?? 0
        learn()
        await learning?.value
        // An array as a whole is no job: its tasks are.
        if jobs[key] != nil { rebuild(changed: [key]) }
    }

    /// Notes that a job, or an array with its tasks, begins anew: what ended it before is past.
    func noteRequeue(of id: RunID) {
        let begun = ([id.text] + children(of: id).map(\.id.text)).filter { cancelled.removeValue(forKey: $0) != nil }
        rebuild(changed: Set(begun.filter { jobs[$0] != nil }))
    }

    var now: Timestamp { clock() }

    func wasCancelled(_ job: SlurmJob) -> Bool { cancelled[job.key] == job.restarts }

    private func take(_ snapshot: SlurmSnapshot) {
        var next: [String: SlurmJob] = [:]
        next.reserveCapacity(snapshot.jobs.count)
        for job in whole(snapshot.jobs) { next[JobMemory.memoryKey(job)] = job }
        // What was asked about after the snapshot was taken is newer.
        for (key, moment) in askedAt {
            if moment > snapshot.takenAt { next[key] = present[key] } else { askedAt[key] = nil }
        }
        present = next
    }

    /// Slurm tells of an array's waiting tasks that were cancelled together as of a job that is no array's; here they stay
    /// with their array.
    private func whole(_ told: [SlurmJob]) -> [SlurmJob] {
        let known = Set(told.compactMap(\.arrayJob))
        return told.map { job in
            guard job.arrayJob == nil, known.contains(job.id) || arrays[job.id]?.isEmpty == false else { return job }
            var rest = job
            (rest.arrayJob, rest.arrayTask) = (job.id, .waiting("-"))
            return rest
        }
    }

    /// Reads what was written down since; true when there was anything.
    private func recall() async -> Bool {
        guard let memory else { return false }
        let (place, now) = (pastPlace, clock())
        let found = await BlockingCall.run { memory.read(after: place, at: now) }
        if found.isAnew { past = [:] }
        pastPlace = found.place
        for job in found.jobs where !(job.isForgotten && isRemembered(job)) { past[JobMemory.memoryKey(job)] = job }
        return !found.jobs.isEmpty || found.isAnew
    }

    /// Takes note of jobs that were there before and are not any more.
    private func notice(since before: [String: SlurmJob]) {
        lost = lost.filter { key, one in present[key] == nil && !isRemembered(one.job) }
        // The waiting tasks of an array leave the list as they start.
        let arraysThere = Set(present.values.compactMap(\.arrayJob))
        for (key, job) in before where present[key] == nil && !job.state.isOver && !isRemembered(job) {
            if case .waiting = job.arrayTask, let array = job.arrayJob, arraysThere.contains(array) { continue }
            lost[key] = LostJob(job: job, since: takenAt ?? clock())
        }
    }

    /// Ends that are to be written down besides those that Slurm tells of now.
    var ended: [String: SlurmJob] = [:]
    /// Ends that are known here and in no file yet.
    private var unwritten: [String: SlurmJob] = [:]
    /// Jobs that Slurm lists no more, until it is known how they ended.
    var lost: [String: LostJob] = [:]
    /// The question to the accounting that is under way.
    var enquiry: Task<Void, Never>?
    /// When the accounting is asked again about what it did not tell.
    var enquireAgainAt: Timestamp?

    /// Whether the end of this start of a job is known, and not only that it was lost.
    func isRemembered(_ job: SlurmJob) -> Bool {
        past[JobMemory.memoryKey(job)]?.isEnd(of: job) ?? false
    }

    func writeDown() async {
        for (key, job) in present where job.state.isOver { ended[key] = job }
        let news = ended.filter { key, job in past[key].map(JobMemory.identity) != JobMemory.identity(job) }
        ended = [:]
        unwritten.merge(news) { $1 }
        past.merge(unwritten) { $1 }
        // Kept until it is known where to.
        if memory == nil && memoryRoot != nil { return }
        let jobs = Array(unwritten.values)
        unwritten = [:]
        guard let memory, !jobs.isEmpty else { return }
        let (place, now) = (pastPlace, clock())
        await BlockingCall.run { memory.add(jobs, knownUpTo: place, at: now) }
    }

    /// What is known of each job now: what Slurm says, unless it was over already.
    func rebuild() {
        var next = past
        for (key, job) in present where job.state.isOver || !isRemembered(job) { next[key] = job }
        for (key, one) in lost { next[key] = one.known }
        var changed: Set<String> = []
        for (key, job) in next where jobs[key] != job { changed.insert(key) }
        for key in jobs.keys where next[key] == nil { changed.insert(key) }
        let before = jobs
        jobs = next
        rebuild(changed: changed, before: before)
    }

    private func rebuild(changed: Set<String>, before: [String: SlurmJob] = [:]) {
        var touched: Set<Int> = []
        var told: [Run] = []
        for key in changed {
            let job = jobs[key]
            if let array = (job ?? before[key])?.arrayJob {
                touched.insert(array)
                if job == nil { arrays[array]?.remove(key) } else { arrays[array, default: []].insert(key) }
                if case .waiting = (job ?? before[key])?.arrayTask { continue }
            }
            if let job { told.append(run(of: job)) } else { forget(RunID(key)) }
        }
        for array in touched {
            let members = (arrays[array] ?? []).compactMap { jobs[$0] }
            if let run = JobArray(id: array, members: members).run {
                told.append(run)
            } else {
                forget(RunID("\(array)"))
            }
        }
        // The newest last: who reads all of them in pages is given those first that changed last.
        let inOrder = told.indices.sorted { left, right in
            let (one, other) = (told[left], told[right])
            return (one.startedAt ?? one.createdAt, one.id) < (other.startedAt ?? other.createdAt, other.id)
        }
        for index in inOrder { note(told[index]) }
    }

    private func run(of job: SlurmJob) -> Run {
        var run = job.run
        // Its processes have the time that Slurm gives them.
        if wasCancelled(job), run.status == .running || run.status == .finalizing {
            run.status = .cancelRequested
            if let grace { run.machineTags.note(StopTerms(grace: grace)) }
        }
        return run
    }

    private func note(_ run: Run) {
        let before = runs.updateValue(run, forKey: run.id)
        if before == run { return }
        journal.note(experiment: run.experimentID, named: run.experimentName, createdAt: Timestamp(milliseconds: 0))
        journal.note(run.id, in: run.experimentID, run.status)
        if let before, before.experimentID != run.experimentID { moves[run.id] = journal.version }
    }

    private func forget(_ id: RunID) {
        if runs.removeValue(forKey: id) == nil { return }
        moves[id] = nil
        journal.remove(id)
    }
}
