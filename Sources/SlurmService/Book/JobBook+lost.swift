import RunModel
import RunServices
import SlurmCommands

/// A job that Slurm lists no more, and of which nobody saw the end.
struct LostJob: Sendable {
    /// As it was last.
    var job: SlurmJob
    /// When it was missed first.
    var since: Timestamp
    /// Whether the accounting was asked and could not tell.
    var isDoubted = false

    /// As it was, while the accounting is asked; after that it is not pretended that it runs.
    var known: SlurmJob { isDoubted ? forgotten : job }

    var forgotten: SlurmJob {
        var job = job
        job.state = SlurmState(SlurmJob.forgotten)
        job.endsAt = since
        return job
    }
}

extension SlurmJob {
    /// Whether it is known of the job only that Slurm listed it no more.
    var isForgotten: Bool { state.word == Self.forgotten }

    /// Whether both tell of one job between two requeues; numbers come again after years.
    func isSameStart(as other: SlurmJob) -> Bool {
        submittedAt == other.submittedAt && restarts == other.restarts
    }

    /// Whether this is how that start of a job ended, and not only that it was lost.
    func isEnd(of other: SlurmJob) -> Bool { isSameStart(as: other) && !isForgotten }
}

/// What became of jobs that are lost is asked of the accounting, which takes its time: no poll waits for that.
extension JobBook {
    /// Milliseconds until it is asked again about what it did not tell.
    private static let pause: Int64 = 60_000

    /// Has the accounting asked about what is lost, where that is due. Returns at once.
    func enquire() {
        guard enquiry == nil else { return }
        let isNew = lost.values.contains { !$0.isDoubted }
        let isDue = enquireAgainAt.map { $0 <= now } ?? true
        guard isNew || isDue, !lost.isEmpty else { return }
        let asked = lost
        enquiry = Task {
            await ask(about: asked)
            enquiry = nil
        }
    }

    private func ask(about asked: [String: LostJob]) async {
        let keys = Set(asked.values.map(\.job.key)).sorted()
        let since = asked.values.compactMap(\.job.submittedAt).min() ?? now
        let answer: [SlurmJob]?
        do throws(RunServiceError) {
            // Without accounting nobody will ever tell.
            answer = try await tool.history(keys, since: since) ?? []
        } catch {
            answer = nil
        }
        enquireAgainAt = now.advanced(byMilliseconds: Self.pause)
        await inTurn { await self.settle(asked, answer) }
    }

    /// Takes in what the accounting told of jobs that are still lost; nil where it did not answer.
    private func settle(_ asked: [String: LostJob], _ answer: [SlurmJob]?) async {
        let rows = Dictionary(grouping: answer ?? [], by: \.key)
        let ofArrays = Dictionary(grouping: (answer ?? []).filter { $0.arrayJob != nil }) { "\($0.arrayJob ?? 0)" }
        for (key, one) in asked where lost[key] != nil {
            var told = rows[one.job.key] ?? []
            if case .waiting = one.job.arrayTask { told = ofArrays[one.job.key] ?? [] }
            let ends = told.filter { row in
                let isOwn = row.key == one.job.key || asked[JobMemory.memoryKey(row)] == nil
                // Of starts before this one it tells as well.
                return isOwn && row.state.isOver && (row.submittedAt ?? .latest) >= one.job.submittedAt ?? .earliest
            }
            if !ends.isEmpty {
                lost[key] = nil
                for end in ends { note(end, endOf: one.job) }
            } else if answer == nil || !told.isEmpty {
                // What the accounting holds may be older than the end.
                lost[key]?.isDoubted = true
            } else {
                lost[key] = nil
                ended[key] = one.forgotten
            }
        }
        await writeDown()
        rebuild()
    }

    /// The accounting keeps neither paths nor starts, and tasks of an array that waited together have rows of their own there.
    private func note(_ end: SlurmJob, endOf job: SlurmJob) {
        var end = end
        if end.key == job.key {
            (end.submittedAt, end.restarts) = (job.submittedAt ?? end.submittedAt, job.restarts)
            (end.standardOutput, end.standardError) = (job.standardOutput, job.standardError)
            if end.workDirectory.isEmpty { end.workDirectory = job.workDirectory }
        }
        if !isRemembered(end) { ended[JobMemory.memoryKey(end)] = end }
    }
}
