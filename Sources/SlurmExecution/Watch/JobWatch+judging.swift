import Logging
import RunExecution
package import RunModel
import RunServices
import SlurmCommands

extension JobWatch {
    /// Whether the run was brought to its end.
    func judge(_ entry: Watched, _ jobs: JobIndex) async -> Bool {
        let run = entry.run
        let handle = handle(of: run, jobs)
        if run.status == .canceled {
            await endLeftOver(entry, handle, jobs)
            return false
        }
        let known = handle.isProvenOurs() ? handle.job : nil
        // A job of that number that is another run's tells nothing of this one.
        if handle.job != nil && known == nil { return false }
        if let job = known, job.state.isOver, entry.over == nil { watched[run.id]?.over = (job, clock()) }
        let over = watched[run.id]?.over
        let job = known ?? over?.job
        // An answer from before the run was known here, or before its job was submitted, says nothing.
        if job == nil && jobs.takenAt <= entry.since { return false }
        if let over, job?.state.isOver == true, clock().milliseconds(since: over.since) < Self.supervisorPatience,
            run.status != .queued
        {
            isExpectingEnds = true
            return false
        }
        if let ordered = entry.orderedSince, job?.state.isOver == false,
            clock().milliseconds(since: ordered) > run.stopTerms.grace + Self.cancelPatience
        {
            await handle.end()
        }
        let isRecent =
            entry.wasWaiting || clock().milliseconds(since: run.createdAt) < Int64(memory) * 1_000
        if job?.state.isPending == true { watched[run.id]?.wasWaiting = true }
        let hasLeft = job == nil && isRecent && jobs.knowsArray(of: handle.key)
        return await settle(run, job, handle, hasLeftItsArray: hasLeft)
    }

    /// What the tags of a run lead to.
    func handle(of run: Run, _ jobs: JobIndex) -> SlurmJobHandle {
        let key = run.slurmJob ?? ""
        let isTask = run.tags.contains(Run.slurmTaskTag)
        return SlurmJobHandle(
            run: run.id, array: isTask ? run.parentID : nil, key: key, job: jobs[key], tool: tool)
    }

    /// The job of a run that was canceled where nobody could end it.
    private func endLeftOver(_ entry: Watched, _ handle: SlurmJobHandle, _ jobs: JobIndex) async {
        let evidence = handle.evidence()
        let isNew = jobs.takenAt <= entry.since
        switch evidence.command {
        // It is looked at again: the order may have been lost.
        case .notStarted where evidence.isRecorded: return await handle.end()
        case .running where evidence.isRecorded:
            // Its supervisor may be in its last moments.
            let since = entry.orderedSince ?? entry.since
            if clock().milliseconds(since: since) >= Self.cancelPatience { await handle.end() }
            return
        case .unknown where isNew: return
        case .notStarted, .running, .ended, .unknown: break
        }
        watched[entry.run.id] = nil
    }

    /// Judges the run as it is now, and writes down what follows.
    private func settle(
        _ old: Run, _ found: SlurmJob?, _ handle: SlurmJobHandle, hasLeftItsArray: Bool
    ) async -> Bool {
        // Nothing to ask for the many that wait as they did, or run.
        if let job = found, !job.state.isOver, !job.state.isPending { return false }
        if let job = found, job.state.isPending, old.status == .queued, old.slurmState == job.stateWords {
            return false
        }
        guard let details = try? await service.details(of: old.id) else { return false }
        let run = details.run
        let isHeard =
            details.supervisor.map { $0.exit == nil && Heartbeat.isFresh($0.lastHeartbeat, at: clock()) } ?? false
        let job = found ?? (isHeard ? nil : accounted[handle.key])
        let facts = JobVerdict.Facts(
            status: run.status, isHeard: isHeard, hasStarted: run.startedAt != nil, key: handle.key,
            hasLeftItsArray: hasLeftItsArray)
        let verdict = JobVerdict(facts, job)
        if verdict != .leaveAlone { logger.info("run \(run.id): \(verdict)") }
        switch verdict {
        case .leaveAlone: return false
        case .waits(let words):
            if run.slurmState != words { await write(RunEdit(tags: [state(words)]), to: run.id) }
            return false
        case .requeued(let words):
            _ = try? await service.detach(from: run.id, exit: nil, applying: .queue)
            await write(RunEdit(onBehalfOf: .client, transition: .queue, tags: [state(words)]), to: run.id)
            return false
        case .ended(let transition, let words):
            await write(RunEdit(tags: [state(words)]), to: run.id)
            if job?.state.isPending == true { await handle.end() }
            guard (try? await service.detach(from: run.id, exit: exit(of: job), applying: transition)) != nil else {
                return false
            }
            watched[run.id] = nil
            return true
        }
    }

    private func exit(of job: SlurmJob?) -> CommandExit? {
        guard let exit = job?.exit else { return nil }
        return exit.signal != 0 ? .signal(Int32(clamping: exit.signal)) : .status(Int32(clamping: exit.status))
    }

    /// What the accounting knows of jobs that the controller has forgotten: one question for all.
    func askAccounting(_ jobs: JobIndex) async {
        accounted = [:]
        let missing = watched.values.filter { entry in
            !entry.run.isSlurmArray && entry.over == nil && entry.since < jobs.takenAt
                && entry.run.slurmJob.map { jobs[$0] == nil } == true
        }
        guard let oldest = missing.map(\.run.createdAt).min() else { return }
        let keys = missing.compactMap(\.run.slurmJob)
        for start in stride(from: 0, to: keys.count, by: 500) {
            let part = Array(keys[start..<min(start + 500, keys.count)])
            let found = try? await tool.history(part, since: oldest.advanced(byMilliseconds: -60_000))
            // Of several ends of a job the last one counts.
            for job in found ?? [] where job.state.isOver { accounted[job.key] = job }
        }
    }

    private func state(_ words: String) -> TagEdit { .set(key: Run.slurmStateTag, value: words) }

    /// A service that refuses is asked again at the next look.
    private func write(_ edit: RunEdit, to run: RunID) async { _ = try? await service.edit(run, edit) }
}

extension JobWatch {
    /// Ends the jobs of runs that a person just canceled, and the arrays whose last tasks these were.
    package func settle(after runs: [Run]) async {
        await endJobs(of: runs)
        let tasks = runs.filter { $0.status.isTerminal && $0.tags.contains(Run.slurmTaskTag) }
        for parent in Set(tasks.compactMap(\.parentID)) { try? await ArrayParent.conclude(parent, on: service) }
    }

    /// As far as they wait or run without a supervisor that obeys.
    private func endJobs(of runs: [Run]) async {
        let canceled = runs.filter { $0.status == .canceled && $0.slurmJob != nil && !$0.isSlurmArray }
        guard !canceled.isEmpty, tool.isInstalled else { return }
        // The shared answer may be older than the job.
        // A tag that names no job must not keep Slurm from being asked about the others.
        let numbers = Set(canceled.compactMap { $0.slurmJob?.split(separator: "_").first.flatMap { Int($0) } })
        guard let jobs = try? await tool.jobs(numbers.map(String.init)) else { return }
        let index = JobIndex(jobs: jobs, takenAt: clock())
        let left = canceled.map { handle(of: $0, index) }
        let keys = left.filter { $0.isProvenOurs() && $0.evidence().command != .ended }.map(\.key)
        // A command line has its limit.
        for start in stride(from: 0, to: keys.count, by: 500) {
            try? await tool.cancel(Array(keys[start..<min(start + 500, keys.count)]))
        }
    }
}
