import FileAccess
import MLflowMeaning
import RunModel
import RunServices

/// Notices what changed in an `mlruns` directory: directories by their times, runs that are not over by their files,
/// and all others in slices, so that a tag rewritten in place shows within `passDuration`.
struct FileWatch {
    /// Milliseconds in which every run's files are looked at once.
    private static let passDuration: Int64 = 25_000
    /// Runs looked at in a slice at least, and those not over or changed lately that are looked at each time.
    private static let (smallestSlice, activeLimit, recentLimit) = (50, 500, 20)

    private var isLoaded = false
    private var waiting: ArraySlice<String> = []
    private var lastSlice: Int64 = 0

    mutating func refresh(_ ledger: inout ChangeLedger, _ session: FileSession, at now: Timestamp) throws {
        if isLoaded {
            for id in session.index.vanished where session.index.folders[id] == nil { ledger.remove(id) }
            try observe(session.index.appeared + session.unsettled, &ledger, session, at: now)
            (session.index.appeared, session.index.vanished) = ([], [])
            let due = ledger.deadlines.filter { $0.value < now.milliseconds }.map(\.key)
            try observe(due, &ledger, session, at: now)
            let watched = Set(ledger.active.prefix(Self.activeLimit)).union(ledger.recent(Self.recentLimit))
            try compare(watched.union(slice(session, at: now)), &ledger, session, at: now)
        } else {
            try load(&ledger, session, at: now)
        }
        ledger.setExperiments(session.index.experiments)
    }

    /// Takes in every run by what its `meta.yaml` says, the newest last.
    private mutating func load(_ ledger: inout ChangeLedger, _ session: FileSession, at now: Timestamp) throws {
        var rows: [(id: String, status: RunStatus, moment: Int64)] = []
        var special: [String] = []
        for id in session.index.folders.keys {
            guard let path = session.index.path(of: id), let meta = session.meta(of: id) else { continue }
            let start = meta.integer("start_time") ?? 0
            rows.append((id, MLflowMapping.status(word: meta.status), max(start, meta.integer("end_time") ?? 0)))
            let says = [MLflowTag.status, MLflowTag.supervisor].contains { FileStamp(path + "/tags/" + $0) != nil }
            if says && FileStamp(path + "/tags/" + MLflowTag.exit) == nil { special.append(id) }
        }
        rows.sort { ($0.moment, $0.id) < ($1.moment, $1.id) }
        for row in rows {
            ledger.add(row.id, experiment: session.index.folders[row.id]?.experiment ?? "", status: row.status)
        }
        try observe(special, &ledger, session, at: now)
        (session.index.appeared, session.index.vanished) = ([], [])
        lastSlice = now.milliseconds
        isLoaded = true
    }

    /// Of all runs, the deleted ones too, which a person may restore.
    private mutating func slice(_ session: FileSession, at now: Timestamp) -> [String] {
        let all = session.index.folders
        let elapsed = max(0, min(Self.passDuration, now.milliseconds - lastSlice))
        lastSlice = now.milliseconds
        let share = all.count * Int(elapsed) / Int(Self.passDuration)
        let size = min(all.count, max(Self.smallestSlice, share))
        var slice = Array(waiting.prefix(size))
        waiting = waiting.dropFirst(size)
        if slice.count < size {
            waiting = Array(all.keys)[...]
            slice += waiting.prefix(size)
            waiting = waiting.dropFirst(size)
        }
        return slice
    }

    private func compare(
        _ ids: Set<String>, _ ledger: inout ChangeLedger, _ session: FileSession, at now: Timestamp
    ) throws {
        var changed: [String] = []
        for id in ids {
            guard let entry = ledger.entries[id] else {
                if session.meta(of: id) != nil { changed.append(id) }
                continue
            }
            guard let path = session.index.path(of: id) else {
                changed.append(id)
                continue
            }
            // A run never read is read when its turn comes; until then only its status matters.
            guard let known = entry.surface else {
                let word = session.meta(of: id)?.status ?? ""
                if MLflowMapping.status(word: word) != entry.status { changed.append(id) }
                continue
            }
            if FileSurface(path).digest != known { changed.append(id) }
        }
        try observe(changed, &ledger, session, at: now)
    }

    private func observe(
        _ ids: [String], _ ledger: inout ChangeLedger, _ session: FileSession, at now: Timestamp
    ) throws {
        if ids.isEmpty { return }
        let stored = try session.records(ids)
        for (run, record) in zip(try session.runs(from: stored, at: now), stored) { ledger.observe(run, record) }
        for id in Set(ids).subtracting(stored.map(\.record.id)) where !session.unsettled.contains(id) {
            ledger.remove(id)
        }
    }
}
