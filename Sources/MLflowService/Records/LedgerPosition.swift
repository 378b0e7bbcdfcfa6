import RunModel
import RunServices

/// What a cursor of a `ChangeLedger` says: all up to `seen` was delivered, except runs whose revision is at most `backfill`.
///
/// A run that changes during a first, full read gets a revision above `seen`, so it leaves the part that waits and is
/// delivered as a change instead.
struct LedgerPosition: Equatable {
    var identity: String
    var scope: RunScope
    var seen: Int64
    /// Nil when the full read is done.
    var backfill: Int64?

    init(identity: String, scope: RunScope, seen: Int64, backfill: Int64?) {
        self.identity = identity
        self.scope = scope
        self.seen = seen
        self.backfill = backfill
    }

    var cursor: ChangeCursor {
        let scope =
            switch scope {
            case .all: "all"
            case .experiment(let id): "in=" + id.text
            }
        return ChangeCursor("1 \(identity) \(seen) \(backfill.map(String.init) ?? "") \(scope)")
    }

    init(_ cursor: ChangeCursor) throws(RunServiceError) {
        let parts = cursor.text.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "1", let seen = Int64(parts[2]), parts[3].isEmpty || Int64(parts[3]) != nil
        else { throw Self.unusable }
        identity = String(parts[1])
        self.seen = seen
        backfill = Int64(parts[3])
        if parts[4] == "all" {
            scope = .all
        } else if parts[4].hasPrefix("in=") {
            scope = .experiment(ExperimentID(String(parts[4].dropFirst(3))))
        } else {
            throw Self.unusable
        }
    }

    static let unusable = RunServiceError(
        .invalid, "This cursor is not one of this MLflow store; read everything again.")
}
