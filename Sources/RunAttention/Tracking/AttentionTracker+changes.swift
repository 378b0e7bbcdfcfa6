import RunModel
import RunServices

extension AttentionTracker {
    mutating func note(_ change: RunChange, _ notes: inout AttentionNotes) {
        let run = change.run
        // A run that was not known before and is older than what was read first was only not read yet.
        let isOld = change.previous == nil && !isNews(run.createdAt)
        if change.previous == nil, !isOld, !experiments.contains(run.experimentID) {
            experiments.insert(run.experimentID)
            notes.add(.firstOfExperiment, run, run.experimentID.text)
        }
        noteNotANumber(change, isOld: isOld, &notes)
        if run.status.isActive {
            if let record = runs[run.id] {
                noteActivity(change, record, &notes)
            } else {
                watch(change, isOld: isOld, at: notes.now)
            }
        } else {
            noteEnd(change, &notes)
        }
    }

    private mutating func noteNotANumber(_ change: RunChange, isOld: Bool, _ notes: inout AttentionNotes) {
        let run = change.run
        if let previous = change.previous, previous.metrics == run.metrics { return }
        guard !isOld, runs[run.id]?.toldNotANumber != true, run.ownMarks.contains(.notANumber),
            change.previous?.ownMarks.contains(.notANumber) != true
        else { return }
        // A run that came and went between two polls may be old without its creation saying so.
        if change.previous == nil, run.status.isTerminal, !isNews(run.endedAt ?? run.createdAt) { return }
        runs[run.id]?.toldNotANumber = true
        let odd = run.metrics.entries.filter { $0.value.value.number.map { !$0.isFinite } ?? false }
        let more = odd.count > 1 ? " and \(odd.count - 1) more" : ""
        let first = odd.first.map { "\($0.key) at step \($0.value.step)" } ?? ""
        notes.add(.notANumber, run, detail: first + more, best: runs[run.id]?.best)
    }

    /// Begins to watch a run that is not over.
    private mutating func watch(_ change: RunChange, isOld: Bool, at now: Timestamp) {
        let run = change.run
        func place(_ moment: Timestamp) -> Int64 { watched - max(0, now.milliseconds(since: moment)) }
        let isWaiting = run.status == .queued || run.status == .notStarted
        let newest = run.lastMetricAt
        var record = ActiveRun(
            status: run.status,
            since: isWaiting ? place(run.createdAt) : watched, sinceIsSeen: isWaiting || !isOld, parent: run.parentID,
            activity: isOld ? place(newest ?? run.startedAt ?? run.createdAt) : watched, hasMetrics: newest != nil,
            isSilent: run.status == .notResponding, toldNotANumber: run.ownMarks.contains(.notANumber))
        if let newest, let started = run.startedAt {
            // Until two metrics were seen to come, as if there had been at most twenty, and never more than steps.
            let steps = run.metrics.own.map(\.value.step).max() ?? 1
            record.pace = Double(max(0, newest.milliseconds(since: started))) / Double(min(max(steps, 1), 20))
        }
        record.best = BestMetric(nil, run.metrics)
        record.stallIsOld = isOld && record.activity + record.stallLimit(limits) <= watched
        record.grace = max(0, run.stopTerms.grace - StopTerms().grace)
        record.toldStuck = isOld && record.stuckLimit(limits).map { record.since + $0 <= watched } ?? false
        if let parent = run.parentID { childCame(parent) }
        record.noteGPUs(of: run)
        runs[run.id] = record
        schedule(run.id)
    }

    private mutating func noteActivity(_ change: RunChange, _ known: ActiveRun, _ notes: inout AttentionNotes) {
        let run = change.run
        var record = known
        if record.parent != run.parentID {
            if let parent = record.parent { childLeft(parent) }
            if let parent = run.parentID { childCame(parent) }
            record.parent = run.parentID
        }
        // What its machine says of a run is no sign that it gets on.
        let hasNews = change.previous.map { !$0.metrics.hasSameOwn(as: run.metrics) } ?? (run.lastMetricAt != nil)
        if hasNews {
            // The first took the run so long as all before it.
            let start = run.startedAt ?? run.createdAt
            record.notePace(record.hasMetrics ? watched - record.activity : notes.now.milliseconds(since: start))
            record.hasMetrics = true
            record.activity = watched
            record.best = BestMetric(record.best, run.metrics)
        }
        let wasAway = record.isStalled || record.isSilent
        if record.status != run.status {
            record.status = run.status
            record.since = watched
            record.sinceIsSeen = true
            record.toldStuck = false
            record.isStalled = false
            if run.status == .notResponding {
                record.episodes &+= 1
                record.isSilent = true
                notes.add(.silent, run, "\(record.episodes)", detail: run.failure?.brief ?? "", best: record.best)
            } else {
                record.isSilent = false
                record.activity = watched
            }
        } else if hasNews {
            record.isStalled = false
        }
        if wasAway, !record.isStalled, !record.isSilent, run.status == .running {
            notes.add(.back, run, "\(record.episodes)", best: record.best)
        }
        record.noteGPUs(of: run)
        tellIdleGPUs(of: run, &record, &notes)
        if !record.isStalled { record.stallIsOld = record.stallIsOld && !hasNews }
        if known.isStalled, !record.isStalled { stalled.remove(run.id) }
        runs[run.id] = record
        schedule(run.id)
    }

    private mutating func noteEnd(_ change: RunChange, _ notes: inout AttentionNotes) {
        let run = change.run
        let record = runs.removeValue(forKey: run.id)
        stalled.remove(run.id)
        if let parent = record?.parent {
            childLeft(parent)
            notes.families.insert(parent)
        }
        guard run.status.isTerminal, change.previous?.status != run.status else { return }
        if change.previous == nil, record == nil, !isNews(run.endedAt ?? run.createdAt) { return }
        notes.families.insert(run.id)
        if ours.removeValue(forKey: run.id) == run.status {
            notes.unheard.insert(run.id)
            return
        }
        let kind: RunEvent.Kind = run.status == .completed ? .finished : run.status == .failed ? .failed : .canceled
        notes.add(
            kind, run, run.endedAt.map { "\($0.milliseconds)" } ?? "", detail: run.failure?.brief ?? "",
            best: BestMetric(record?.best, run.metrics))
    }
}
