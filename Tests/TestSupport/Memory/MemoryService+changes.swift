import RunModel
package import RunServices

extension MemoryService {
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            content.noticeSilence(at: now)
            try content.checkScope(scope)
            let mark = MemoryCursor(identity: content.identity, scope: scope)
            let place = try cursor.map { cursor throws(RunServiceError) in try mark.place(in: cursor) }
            var batch = content.batch(in: scope, after: place?.seen)
            var (waiting, room) = (place == nil ? content.revision : place?.waiting, max(0, pageSize))
            if place == nil { room = max(1, room) }
            room -= batch.runs.count
            if let limit = waiting, room > 0 {
                let older = content.runs(in: scope, upTo: limit)
                batch.runs += older.prefix(room).map(\.run)
                waiting = older.count > room ? older[room].revision : nil
            }
            batch.hasMore = waiting != nil
            batch.cursor = mark.cursor(seen: content.revision, waiting: waiting)
            return batch
        }
    }
}

/// Reads and writes this service's cursors: all up to `seen` was told, but for what changed last at `waiting` or before.
private struct MemoryCursor {
    var identity: String
    var scope: RunScope

    func cursor(seen: Int, waiting: Int?) -> ChangeCursor {
        ChangeCursor("\(identity) \(scope) \(seen) \(waiting.map(String.init) ?? "-") .")
    }

    func place(in cursor: ChangeCursor) throws(RunServiceError) -> (seen: Int, waiting: Int?) {
        let words = cursor.text.split(separator: " ")
        let place = words.suffix(3)
        guard place.count == 3, let seen = Int(place[place.startIndex]) else { throw Self.unusable }
        let waiting = Int(place[place.startIndex + 1])
        if self.cursor(seen: seen, waiting: waiting) != cursor { throw Self.unusable }
        return (seen, waiting)
    }

    private static let unusable = RunServiceError(.invalid, "This cursor is not this service's; read all again.")
}

extension MemoryBackend.Content {
    /// What changed after a revision; the experiments alone when nothing was told before.
    fileprivate func batch(in scope: RunScope, after revision: Int?) -> ChangeBatch {
        var batch = ChangeBatch(cursor: ChangeCursor(""))
        let experiments = experiments.values.filter { experimentRevisions[$0.id] ?? 0 > revision ?? -1 }
        batch.experiments = experiments.sorted { $0.name < $1.name }
        if let revision {
            batch.runs = runs(in: scope, upTo: .max).filter { $0.revision > revision }.map(\.run)
            batch.goneRuns = departures.filter { $0.value > revision }.map(\.key)
        }
        return batch
    }

    /// The runs of a scope, last changed first.
    fileprivate func runs(in scope: RunScope, upTo revision: Int) -> [MemoryBackend.Entry] {
        entries.values.filter { entry in
            if case .experiment(let id) = scope, entry.run.experimentID != id { return false }
            return entry.revision <= revision
        }.sorted { $0.revision > $1.revision }
    }
}
