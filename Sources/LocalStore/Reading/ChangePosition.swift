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
        let scope =
            switch scope {
            case .all: "all"
            case .experiment(let id): "in=" + id.text
            }
        let waiting = backfill.map(String.init) ?? ""
        let silent = silent.map(String.init).joined(separator: ",")
        // The scope comes last, since an id may hold any character.
        return ChangeCursor("1 \(identity) \(seen) \(waiting) \(silent) \(scope)")
    }

    init(identity: String, scope: RunScope, seen: Int64, backfill: Int64?) {
        self.identity = identity
        self.scope = scope
        self.seen = seen
        self.backfill = backfill
    }

    init(_ cursor: ChangeCursor) throws(RunServiceError) {
        let parts = cursor.text.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "1", let seen = Int64(parts[2]), parts[3].isEmpty || Int64(parts[3]) != nil
        else { throw Self.unusable }
        identity = String(parts[1])
        self.seen = seen
        backfill = Int64(parts[3])
        silent = parts[4].split(separator: ",").compactMap { Int64($0) }
        if parts[5] == "all" {
            scope = .all
        } else if parts[5].hasPrefix("in=") {
            scope = .experiment(ExperimentID(String(parts[5].dropFirst(3))))
        } else {
            throw Self.unusable
        }
    }

    static let unusable = RunServiceError(.invalid, "This cursor is not one of this run store; read everything again.")
}
