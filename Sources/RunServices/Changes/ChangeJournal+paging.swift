package import RunModel

extension ChangeJournal {
    /// A page of changes whose runs remain to be read.
    package struct Page: Sendable {
        /// Runs to be read and put into `batch`.
        package var ids: [RunID] = []
        /// All else of the page.
        package var batch: ChangeBatch
    }

    /// Runs in one answer when the asker leaves it to us.
    private static let changesPage = 2_000

    /// The next page since `position`: first what changed, then, with the room left, more of the full read.
    ///
    /// A page size of 0 leaves the full read where it is. Throws `invalid` for a position in another journal, or one so old
    /// that what went since then is forgotten.
    package func page(
        in scope: RunScope, since position: JournalPosition?, size: Int
    ) throws(RunServiceError) -> Page {
        guard var place = position else {
            let start = JournalPosition(identity: identity, scope: scope, seen: version, backfill: version)
            return page(upTo: start, after: nil, ids: [], max(1, size))
        }
        guard place.identity == identity else { throw JournalPosition.unusable }
        try requireMemory(of: place.seen)
        let before = place.seen
        let (ids, reached) = changed(after: before, in: scope, limit: size > 0 ? size : Self.changesPage)
        place.seen = reached
        return page(upTo: place, after: before, ids: ids, size)
    }

    /// `before`: the version up to which everything was delivered; nil when nothing was.
    private func page(upTo position: JournalPosition, after before: Int64?, ids: [RunID], _ limit: Int) -> Page {
        var (place, ids) = (position, ids)
        var batch =
            if let before {
                rest(after: before, upTo: place.seen, in: place.scope, cursor: place.cursor)
            } else {
                ChangeBatch(experiments: allExperiments, cursor: place.cursor)
            }
        if let backfill = place.backfill, ids.count < limit {
            let waiting = unchanged(since: backfill, in: place.scope, limit: limit - ids.count)
            ids += waiting.ids
            place.backfill = waiting.rest
        }
        batch.hasMore = place.backfill != nil || place.seen < version
        batch.cursor = place.cursor
        return Page(ids: ids, batch: batch)
    }
}
