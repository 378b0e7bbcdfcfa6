import RunModel
import RunServices

extension RecordStore {
    /// Looks for changes in the store first, then reads only the runs of this page.
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let position = try cursor.map { cursor throws(RunServiceError) in try JournalPosition(cursor) }
        if let position, position.scope != scope { throw JournalPosition.unusable }
        let now = clock()
        let batch = try await poll { ledger, session in
            let page = try ledger.page(in: scope, since: position, size: max(0, pageSize))
            var batch = page.batch
            if page.ids.isEmpty { return batch }
            let stored = try session.records(page.ids.map(\.text))
            batch.runs = try session.runs(from: stored, at: now)
            for (run, record) in zip(batch.runs, stored) { ledger.observe(run, record) }
            if !batch.hasMore, position?.backfill != nil { session.letGo() }
            return batch
        }
        // The end of a full read, which left much free.
        if !batch.hasMore, position?.backfill != nil { ProcessMemory.giveBack() }
        return batch
    }
}
