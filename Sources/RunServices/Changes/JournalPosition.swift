/// What a cursor of a `ChangeJournal` says: all up to `seen` was delivered, except runs whose last change is no later than
/// `backfill`.
///
/// A run that changes during a first, full read gets a version above `seen`, so it leaves the part that waits and is
/// delivered as a change instead.
package struct JournalPosition: Equatable, Sendable {
    /// The journal's.
    package var identity: String
    /// What the reader asks about.
    package var scope: RunScope
    /// The version up to which changes were delivered.
    package var seen: Int64
    /// Nil when the full read is done.
    package var backfill: Int64?

    /// A position as a journal counts.
    package init(identity: String, scope: RunScope, seen: Int64, backfill: Int64?) {
        self.identity = identity
        self.scope = scope
        self.seen = seen
        self.backfill = backfill
    }

    /// As a service hands it out.
    package var cursor: ChangeCursor {
        CursorFields(identity: identity, scope: scope, values: ["\(seen)", backfill.map(String.init) ?? ""]).cursor
    }

    /// Throws `invalid` for what is no such cursor.
    package init(_ cursor: ChangeCursor) throws(RunServiceError) {
        guard let fields = CursorFields(cursor, count: 2), let seen = Int64(fields.values[0]),
            fields.values[1].isEmpty || Int64(fields.values[1]) != nil
        else { throw Self.unusable }
        (identity, scope) = (fields.identity, fields.scope)
        self.seen = seen
        backfill = Int64(fields.values[1])
    }

    /// Of a cursor that another journal made, or none.
    package static let unusable = RunServiceError(
        .invalid, "This cursor is not one of this store; read everything again.")
}
