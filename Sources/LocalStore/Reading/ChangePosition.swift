import RunModel
import RunServices

/// What a cursor of this store says: all up to `seen` was delivered, except runs whose revision is at most `backfill`.
///
/// A run that changes during a first, full read gets a revision above `seen`, so it leaves the part that waits and is
/// delivered as a change instead: each page is consistent with all others whatever is written between them.
struct ChangePosition: Equatable {
    var identity: String
    var scope: RunScope
    var seen: Int64
    /// Nil when the full read is done.
    var backfill: Int64?
    /// Keys of the runs last reported as silent though the store does not say so.
    var silent: [Int64] = []

    var cursor: ChangeCursor {
        let silent = silent.map(String.init).joined(separator: ",")
        return CursorFields(
            identity: identity, scope: scope, values: ["\(seen)", backfill.map(String.init) ?? "", silent]
        ).cursor
    }

    init(identity: String, scope: RunScope, seen: Int64, backfill: Int64?) {
        self.identity = identity
        self.scope = scope
        self.seen = seen
        self.backfill = backfill
    }

    /// Throws `invalid` for what is no such cursor.
    init(_ cursor: ChangeCursor) throws(RunServiceError) {
        guard let fields = CursorFields(cursor, count: 3), let seen = Int64(fields.values[0]),
            fields.values[1].isEmpty || Int64(fields.values[1]) != nil
        else { throw Self.unusable }
        (identity, scope) = (fields.identity, fields.scope)
        self.seen = seen
        backfill = Int64(fields.values[1])
        silent = fields.values[2].split(separator: ",").compactMap { Int64($0) }
    }

    static let unusable = RunServiceError(.invalid, "This cursor is not one of this run store; read everything again.")
}
