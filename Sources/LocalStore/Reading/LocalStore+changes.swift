import GRDB
import RunModel
package import RunServices
import SQLiteStatements
import Synchronization

extension LocalStore {
    /// Answers from memory when neither a commit nor a silent supervisor changed anything since the cursor; else reads
    /// the changes by their revision in one transaction.
    package func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        let position = try cursor.map { cursor throws(RunServiceError) in try ChangePosition(cursor) }
        if let position, position.scope != scope { throw ChangePosition.unusable }
        let known = polling.withLock { $0.known }
        let wantsRest = pageSize > 0 || cursor == nil
        let limit = pageSize > 0 ? pageSize : Self.changesPage
        let now = clock()
        let answer = try await connections.poll { db in
            // Asked before the read, so that a commit in between is looked at again rather than missed.
            let commits = try db.integer("PRAGMA data_version") ?? 0
            let silent = try SilentRuns.keys(at: now, db)
            if let known, let position, let cursor, position.silent == silent,
                known.isAll(upTo: position, commits: commits, withRest: wantsRest)
            {
                return ChangeAnswer(batch: ChangeBatch(cursor: cursor), known: known)
            }
            return try db.transaction("BEGIN DEFERRED") { db in
                var question = try ChangeQuestion(scope: scope, since: position, limit: limit, db)
                question.wantsRest = wantsRest
                question.silentNow = try SilentRuns.keys(at: now, db)
                let batch = try question.answer(db)
                return ChangeAnswer(
                    batch: batch,
                    known: PollingState.Known(
                        commits: commits, identity: question.position.identity, revision: question.revision))
            }
        }
        polling.withLock { $0.known = answer.known }
        return answer.batch
    }

    /// Runs in one answer when the asker leaves it to us.
    private static let changesPage = 2_000
}

/// What one read of changes brings back from the connection.
struct ChangeAnswer: Sendable {
    var batch: ChangeBatch
    var known: PollingState.Known
}
