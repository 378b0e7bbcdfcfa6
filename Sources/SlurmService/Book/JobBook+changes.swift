import RunModel
import RunServices
import SlurmCommands

extension JobBook {
    /// The next page since `cursor`: first what changed, then, with the room left, more of the full read.
    func batch(in scope: RunScope, since cursor: ChangeCursor?, size: Int) throws(RunServiceError) -> ChangeBatch {
        try check(scope)
        let position = try cursor.map { cursor throws(RunServiceError) in try JournalPosition(cursor) }
        if let position, position.scope != scope { throw JournalPosition.unusable }
        let page = try journal.page(in: scope, since: position, size: max(0, size))
        var batch = page.batch
        batch.runs = page.ids.compactMap { runs[$0] }
        if let position {
            let reached = try JournalPosition(batch.cursor).seen
            for (id, version) in moves where version > position.seen && version <= reached {
                if let run = runs[id], !scope.contains(run.experimentID) { batch.goneRuns.append(id) }
            }
        }
        return batch
    }

    func check(_ scope: RunScope) throws(RunServiceError) {
        guard case .experiment(let id) = scope, journal.experiments[id] == nil else { return }
        throw RunServiceError(.notFound, "No job that is known here is in a partition \(Shown.text(id.text)).")
    }
}
