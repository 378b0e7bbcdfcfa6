import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One transaction.
    @discardableResult
    package func createHosted(_ drafts: [HostedRunDraft]) async throws(RunServiceError) -> [HostedRun] {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let keys = try drafts.map { try db.createHosted($0, at: now) }
            let page = try HostedPage.read(Set(keys).sorted(), silent: [], from: db)
            let runs = Dictionary(zip(Set(keys).sorted(), page)) { first, _ in first }
            return keys.compactMap { runs[$0] }
        }
    }

    /// One snapshot.
    package func hostedRuns(_ ids: [RunID]) async throws(RunServiceError) -> [HostedRun] {
        let now = clock()
        return try await connections.readSnapshot { db in
            let keys = try db.keys(of: ids, withDeleted: true)
            return try HostedPage.read(keys, silent: Set(SilentRuns.keys(at: now, db)), from: db)
        }
    }

    /// One transaction, shared with other changes that come at the same time.
    package func record(_ edit: HostedRunEdit, on id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let now = clock()
        try await connections.write { db in
            try db.record(edit, on: db.key(of: id, deleted: .isRefused), at: now)
        }
    }

    /// One transaction.
    package func setStage(_ stage: LifecycleStage, of ids: [RunID]) async throws(RunServiceError) {
        try requireWriting()
        let now = clock()
        try await connections.write { db in
            for key in try ids.map({ try db.key(of: $0, deleted: .counts) }) {
                try db.setStage(stage, of: key, at: now)
            }
        }
    }

    /// One snapshot.
    package func childCounts(of ids: [RunID]) async throws(RunServiceError) -> [RunID: Int] {
        try await connections.readSnapshot { db in
            var counts: [RunID: Int] = [:]
            let sql = """
                SELECT parent.id, COUNT(*) FROM json_each(?) AS wanted
                CROSS JOIN runs AS parent ON parent.id = wanted.value
                CROSS JOIN runs AS child ON child.parent_pk = parent.pk
                WHERE child.deleted_at IS NULL GROUP BY parent.pk
                """
            try db.forEachRow(sql, [.text(ids.map(\.text).json)]) { row in
                counts[RunID(row.text(0))] = row.count(1)
                return true
            }
            return counts
        }
    }
}

extension Database {
    fileprivate func setStage(_ stage: LifecycleStage, of key: Int64, at now: Timestamp) throws {
        let isDeleted = try integer("SELECT deleted_at IS NOT NULL FROM runs WHERE pk = ?", [.integer(key)]) == 1
        if isDeleted == (stage == .deleted) { return }
        // Those below lose their parent with it, or find it again.
        let below = try descendants(of: key, withDeleted: true)
        let deletedAt = stage == .deleted ? SQLValue.integer(now.milliseconds) : .null
        try run("UPDATE runs SET deleted_at = ? WHERE pk = ?", [deletedAt, .integer(key)])
        for descendant in below { try touch(descendant) }
    }
}
