import RunModel
import RunServices
import SlurmCommands

extension JobBook {
    /// Runs in one answer when the asker leaves it to us.
    private static let changesPage = 2_000

    /// The next page since `cursor`: first what changed, then, with the room left, more of the full read.
    func batch(in scope: RunScope, since cursor: ChangeCursor?, size: Int) throws(RunServiceError) -> ChangeBatch {
        try check(scope)
        var place =
            try cursor.map { cursor throws(RunServiceError) in try BookPlace(cursor, journal.identity, scope) }
            ?? BookPlace(seen: journal.version, waiting: journal.version)
        var ids: [RunID] = []
        var batch: ChangeBatch
        var limit = max(1, size)
        if cursor == nil {
            batch = ChangeBatch(experiments: journal.allExperiments, cursor: ChangeCursor(""))
        } else {
            try journal.requireMemory(of: place.seen)
            let before = place.seen
            limit = size
            let (changed, reached) = journal.changed(
                after: before, in: scope, limit: size > 0 ? size : Self.changesPage)
            (ids, place.seen) = (changed, reached)
            batch = journal.rest(after: before, upTo: reached, in: scope, cursor: ChangeCursor(""))
            for (id, version) in moves where version > before && version <= reached {
                if let run = runs[id], !scope.contains(run.experimentID) { batch.goneRuns.append(id) }
            }
        }
        if let waiting = place.waiting, ids.count < limit {
            let older = journal.unchanged(since: waiting, in: scope, limit: limit - ids.count)
            ids += older.ids
            place.waiting = older.rest
        }
        batch.runs = ids.compactMap { runs[$0] }
        batch.hasMore = place.waiting != nil || place.seen < journal.version
        batch.cursor = place.cursor(journal.identity, scope)
        return batch
    }

    func check(_ scope: RunScope) throws(RunServiceError) {
        guard case .experiment(let id) = scope, journal.experiments[id] == nil else { return }
        throw RunServiceError(.notFound, "No job that is known here is in a partition \(Shown.text(id.text)).")
    }
}

/// A place in the book: all up to `seen` was told, but for what changed last at `waiting` or before.
private struct BookPlace {
    var seen: Int64
    var waiting: Int64?

    init(seen: Int64, waiting: Int64?) { (self.seen, self.waiting) = (seen, waiting) }

    init(_ cursor: ChangeCursor, _ identity: String, _ scope: RunScope) throws(RunServiceError) {
        guard let fields = CursorFields(cursor, count: 2), fields.identity == identity, fields.scope == scope,
            let seen = Int64(fields.values[0]), fields.values[1].isEmpty || Int64(fields.values[1]) != nil
        else { throw RunServiceError(.invalid, "This cursor is not one of these jobs; read everything again.") }
        self.init(seen: seen, waiting: Int64(fields.values[1]))
    }

    func cursor(_ identity: String, _ scope: RunScope) -> ChangeCursor {
        CursorFields(identity: identity, scope: scope, values: ["\(seen)", waiting.map(String.init) ?? ""]).cursor
    }
}
