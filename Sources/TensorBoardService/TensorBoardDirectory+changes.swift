import RunModel
package import RunServices

extension TensorBoardDirectory {
    /// Looks at the files and reads a bounded part of what is new; a run of which more is to be read comes again.
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let position = try cursor.map { cursor throws(RunServiceError) in try JournalPosition(cursor) }
        if let position, position.scope != scope { throw JournalPosition.unusable }
        let now = clock()
        return try await withShelf { shelf throws(RunServiceError) in
            try shelf.require(scope)
            try shelf.look(at: now)
            let page = try shelf.journal.page(in: scope, since: position, size: max(0, pageSize))
            var batch = page.batch
            batch.runs = page.ids.compactMap { shelf.run(of: LogShelf.path(of: $0), at: now) }
            batch.hasMore = batch.hasMore || shelf.isBusy
            return batch
        }
    }
}
