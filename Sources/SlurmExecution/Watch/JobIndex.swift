import RunModel
import SlurmCommands

/// Jobs by the key that runs name them with: tasks of an array that wait are one job of Slurm's, and many runs.
struct JobIndex {
    /// When Slurm was asked.
    let takenAt: Timestamp
    private var jobs: [String: SlurmJob] = [:]
    private var arrays: Set<Substring> = []
    private var waiting: [Substring: [(tasks: Set<Int>, job: SlurmJob)]] = [:]

    init(_ snapshot: SlurmSnapshot) { self.init(jobs: snapshot.jobs, takenAt: snapshot.takenAt) }

    init(jobs all: [SlurmJob], takenAt: Timestamp) {
        self.takenAt = takenAt
        for job in all {
            if let array = job.arrayJob { arrays.insert("\(array)") }
            if let array = job.arrayJob, let task = job.arrayTask, case .waiting = task {
                waiting["\(array)", default: []].append((Set(task.numbers()), job))
            } else {
                // Of the starts of one job the newest is told last.
                jobs[job.key] = job
            }
        }
    }

    /// Whether other tasks of the same array are known: one that somebody cancels before it begins is told of no more.
    func knowsArray(of key: String) -> Bool {
        guard let array = key.split(separator: "_", maxSplits: 1).first, array.count < key.count else { return false }
        return arrays.contains(array)
    }

    subscript(key: String) -> SlurmJob? {
        if let job = jobs[key] { return job }
        let parts = key.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let task = Int(parts[1]) else { return nil }
        return waiting[parts[0]]?.first { $0.tasks.contains(task) }?.job
    }
}
