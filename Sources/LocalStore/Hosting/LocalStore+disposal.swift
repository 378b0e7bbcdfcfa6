import FileAccess
import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One transaction.
    package func deleteRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        try await setStage(.deleted, of: [id])
    }

    /// One transaction.
    package func restoreRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        try await setStage(.active, of: [id])
    }

    /// The longest deleted first.
    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        let place = if let next { try Self.place(of: next) } else { (Int64.min, Int64.min) }
        return try await connections.read { db in
            var runs: [DeletedRun] = []
            var last = place
            // One statement reads all that another process may change in between.
            let sql = """
                SELECT runs.deleted_at, runs.pk, runs.id, runs.name, experiments.name
                FROM runs JOIN experiments ON experiments.pk = experiment_pk
                WHERE runs.deleted_at IS NOT NULL AND (runs.deleted_at, runs.pk) > (?, ?)
                ORDER BY runs.deleted_at, runs.pk LIMIT \(Self.deletedPage + 1)
                """
            var hasMore = false
            try db.forEachRow(sql, [.integer(place.0), .integer(place.1)]) { row in
                if runs.count == Self.deletedPage {
                    hasMore = true
                    return false
                }
                last = (row.integer(0), row.integer(1))
                runs.append(
                    DeletedRun(
                        id: RunID(row.text(2)), name: row.text(3), experimentName: row.text(4),
                        deletedAt: Timestamp(milliseconds: row.integer(0))))
                return true
            }
            return Page(runs, next: hasMore ? PageToken("\(last.0) \(last.1)") : nil)
        }
    }

    private static let deletedPage = 1_000

    private static func place(of token: PageToken) throws(RunServiceError) -> (Int64, Int64) {
        let numbers = token.text.split(separator: " ").compactMap { Int64($0) }
        if numbers.count == 2 { return (numbers[0], numbers[1]) }
        throw RunServiceError(
            .invalid, "This page token is not one that a listing gave out; ask for the first page again.")
    }

    /// Files first: what then fails leaves a deleted run that can be purged again, and no file that nobody knows of.
    package func purgeRun(_ id: RunID) async throws(RunServiceError) {
        try requirePurging()
        let folder = try await place(of: .run(id)).dropLast()
        _ = try await connections.read { db in try db.requireDeleted(id) }
        try await BlockingCall.run { [files, logs, folder] () throws(RunServiceError) in
            do throws(RunServiceError) {
                try files.delete(Array(folder))
            } catch {
                if error.code != .notFound { throw error }
            }
            try logs.remove(id)
        }
        try await connections.write { db in try db.remove(db.requireDeleted(id)) }
    }
}

extension Database {
    fileprivate func requireDeleted(_ id: RunID) throws -> Int64 {
        let key = try key(of: id, deleted: .counts)
        if try integer("SELECT 1 FROM runs WHERE pk = ? AND deleted_at IS NOT NULL", [.integer(key)]) != nil {
            return key
        }
        throw RunServiceError(.conflict, "The run \(Shown.text(id.text)) is not deleted; delete it first.")
    }

    /// Takes a run away. What it was the parent of stays, without one: the tables would take it along.
    fileprivate func remove(_ key: Int64) throws {
        for child in try integers("SELECT pk FROM runs WHERE parent_pk = ?", [.integer(key)]) {
            try run("UPDATE runs SET parent_pk = NULL WHERE pk = ?", [.integer(child)])
            for moved in [child] + (try descendants(of: child, withDeleted: true)) {
                try run("UPDATE runs SET root_pk = ? WHERE pk = ?", [.integer(child), .integer(moved)])
                try touch(moved)
            }
        }
        try run("DELETE FROM runs WHERE pk = ?", [.integer(key)])
    }

    private func integers(_ sql: String, _ values: [SQLValue]) throws -> [Int64] {
        var found: [Int64] = []
        try forEachRow(sql, values) {
            found.append($0.integer(0))
            return true
        }
        return found
    }
}
