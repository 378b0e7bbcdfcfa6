package import RunModel

/// First in, first out.
struct SuspectQueue: Sendable {
    private var runs: [RunID] = []
    private var next = 0

    mutating func append(_ id: RunID) { runs.append(id) }

    mutating func popFirst() -> RunID? {
        guard next < runs.count else { return nil }
        defer {
            next += 1
            // What was taken goes in one piece, so that each costs little on average.
            if next > 64, next > runs.count / 2 {
                runs.removeFirst(next)
                next = 0
            }
        }
        return runs[next]
    }
}

/// What time alone makes of runs.
extension AttentionTracker {
    /// Puts a run where the heap finds it, unless it is there for an earlier time: then it is looked at too early, once.
    mutating func schedule(_ id: RunID) {
        guard let record = runs[id] else { return }
        look(at: id, on: record.nextDeadline(limits, at: watched))
    }

    private mutating func look(at id: RunID, on deadline: Int64) {
        guard let record = runs[id], deadline < record.deadline else { return }
        runs[id]?.deadline = deadline
        heap.push(DeadlineHeap.Entry(deadline: deadline, run: id))
        guard heap.count > 2 * runs.count + 64 else { return }
        heap = DeadlineHeap()
        for (id, record) in runs where record.deadline < .max {
            heap.push(DeadlineHeap.Entry(deadline: record.deadline, run: id))
        }
    }

    mutating func judgeDue(_ notes: inout AttentionNotes, _ index: some RunIndex) {
        while let first = heap.first, first.deadline <= watched {
            _ = heap.popFirst()
            guard let record = runs[first.run], record.deadline == first.deadline else { continue }
            runs[first.run]?.deadline = .max
            judge(first.run, record, &notes, index)
        }
    }

    private mutating func judge(
        _ id: RunID, _ record: ActiveRun, _ notes: inout AttentionNotes, _ index: some RunIndex
    ) {
        guard record.status == .running else {
            if let limit = record.stuckLimit(limits), record.since + limit <= watched, !record.toldStuck {
                runs[id]?.toldStuck = true
                if let run = index.run(id) {
                    let detail = "\(record.status.word) for \(Self.rough(watched - record.since))"
                    notes.add(.stuck, run, record.status.word, detail: detail)
                }
            }
            schedule(id)
            return
        }
        // A run works through its children.
        if activeChildren[id] != nil { runs[id]?.activity = watched }
        guard activeChildren[id] == nil, record.isStalled || isQuiet(record) else {
            schedule(id)
            return
        }
        guard readsLogs else {
            if !record.isStalled { stall(id, &notes, index) }
            schedule(id)
            return
        }
        if !record.isSuspect {
            runs[id]?.isSuspect = true
            suspects.append(id)
        }
        // Should the answer never come.
        look(at: id, on: watched + limits.stalledLook)
    }

    private func isQuiet(_ record: ActiveRun) -> Bool {
        watched - record.activity >= record.stallLimit(limits)
    }

    private mutating func stall(_ id: RunID, _ notes: inout AttentionNotes, _ index: some RunIndex) {
        guard var record = runs[id] else { return }
        guard record.hasMetrics || record.logBytes ?? 0 > 0 else {
            // Nothing says that it would ever log anything.
            runs[id]?.activity = watched
            return
        }
        record.isStalled = true
        record.episodes &+= 1
        stalled.insert(id)
        let isOld = record.stallIsOld
        record.stallIsOld = false
        runs[id] = record
        guard !isOld, let run = index.run(id) else { return }
        notes.add(
            .stalled, run, "\(run.lastMetricAt?.milliseconds ?? 0) \(record.episodes)",
            detail: "nothing new for \(Self.rough(watched - record.activity))", best: record.best)
    }

    /// A run whose logs have to be looked at, so that it is known whether it stalled; nil for none. Each is named once
    /// for each time it has to be looked at.
    package mutating func nextSuspect() -> RunID? {
        while let id = suspects.popFirst() {
            guard let record = runs[id], record.isSuspect else { continue }
            runs[id]?.isSuspect = false
            if record.status == .running { return id }
        }
        return nil
    }

    /// The size of all of a run's logs; nil where it cannot be known.
    package mutating func noteLogs(
        of id: RunID, bytes: Int64?, in index: some RunIndex, at now: Timestamp
    ) -> [RunEvent] {
        guard let record = runs[id], record.status == .running else { return [] }
        var notes = AttentionNotes(now: now)
        let before = record.logBytes
        if let bytes { runs[id]?.logBytes = bytes }
        if let before, let bytes, bytes != before {
            runs[id]?.activity = watched
            runs[id]?.isStalled = false
            runs[id]?.stallIsOld = false
            stalled.remove(id)
            if record.isStalled, let run = index.run(id) {
                notes.add(.back, run, "\(record.episodes)", best: record.best)
            }
        } else if !record.isStalled, isQuiet(record), activeChildren[id] == nil {
            guard bytes == nil || before != nil else {
                // One look says nothing of growth.
                look(at: id, on: watched + limits.logLook)
                return []
            }
            stall(id, &notes, index)
        }
        schedule(id)
        return tell(notes, index)
    }

    /// One unit, as people say it.
    static func rough(_ milliseconds: Int64) -> String {
        let minutes = max(0, milliseconds) / 60_000
        if minutes < 120 { return "\(minutes) min" }
        return minutes < 48 * 60 ? "\(minutes / 60) h" : "\(minutes / (24 * 60)) days"
    }
}
