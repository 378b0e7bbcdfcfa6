import Algorithms
import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await connections.readSnapshot { db in try db.experiments(changedAfter: -1, upTo: .max) }
    }

    package func runs(
        in scope: RunScope, matching filter: Filter?, limit: Int
    ) async throws(RunServiceError) -> [Run] {
        let now = clock()
        let isWritable = isWritable
        return try await connections.readSnapshot { db in
            var restriction = ""
            var scopeValues: [SQLValue] = []
            if case .experiment(let id) = scope {
                restriction = "experiment_pk = ? AND "
                scopeValues = [.integer(try db.key(of: id))]
            }
            let pushdown = try FilterPushdown(filter, statusIsStored: isWritable, at: now, db)
            restriction += pushdown.clause
            scopeValues += pushdown.values
            var listed: [Run] = []
            // Start and key of the last row read: where the next page begins.
            var (start, key) = (Int64.max, Int64.max)
            while listed.count < limit {
                // Without a filter every row counts; with one, pages large enough that few are needed.
                let size = filter == nil ? min(limit - listed.count, Self.listingPage) : Self.listingPage
                let page = try RunPage.read(
                    RunPage.Selection(
                        clause: """
                            runs WHERE \(restriction)COALESCE(started_at, created_at) <= ?
                                AND (COALESCE(started_at, created_at) < ? OR pk < ?)
                            ORDER BY COALESCE(started_at, created_at) DESC, pk DESC LIMIT ?
                            """,
                        values: scopeValues + [.integer(start), .integer(start), .integer(key), .integer(Int64(size))]),
                    from: db)
                let runs = try Self.withSilence(page, isWritable: isWritable, at: now, db)
                listed += Self.matching(runs, filter, at: now).prefix(limit - listed.count)
                guard page.runs.count == size, let last = page.runs.last, let lastKey = page.keys.last else { break }
                (start, key) = ((last.startedAt ?? last.createdAt).milliseconds, lastKey)
            }
            return listed
        }
    }

    package func children(
        of id: RunID, recursive: Bool, matching filter: Filter?
    ) async throws(RunServiceError) -> [Run] {
        let now = clock()
        let isWritable = isWritable
        return try await connections.readSnapshot { db in
            let parent = try db.key(of: id)
            let keys = recursive ? try db.descendants(of: parent).map(\.key) : try db.children(of: parent)
            var found: [Run] = []
            for part in keys.chunks(ofCount: Self.listingPage) {
                let page = try RunPage.read(.keys(Array(part)), from: db)
                let runs = try Self.withSilence(page, isWritable: isWritable, at: now, db)
                found += Self.matching(runs, filter, at: now)
            }
            return found
        }
    }

    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        let now = clock()
        let isWritable = isWritable
        var details = try await connections.readSnapshot { db in
            let key = try db.key(of: id)
            let page = try RunPage.read(.keys([key]), from: db)
            guard let run = try Self.withSilence(page, isWritable: isWritable, at: now, db).first else {
                throw RunServiceError(.notFound, "The run is not in this store any more.")
            }
            let sql =
                "SELECT command, directory, host, git_commit, git_branch, repository FROM sources WHERE run_pk = ?"
            let source = try db.first(sql, [.integer(key)]) { row in
                let revision = row.optionalText(3).map {
                    SourceRevision(commit: $0, branch: row.optionalText(4), repository: row.optionalText(5))
                }
                return RunSource(
                    command: try db.texts(inJSON: row.text(0)), directory: row.text(1), host: row.text(2),
                    revision: revision)
            }
            return RunDetails(run: run, source: source, supervisor: try db.supervision(of: key)?.state)
        }
        details.logs = try logs.files(of: id)
        return details
    }

    /// Rows read at a time while a listing looks for what matches.
    private static let listingPage = 1_000

    private static func matching(_ runs: [Run], _ filter: Filter?, at now: Timestamp) -> [Run] {
        guard let filter else { return runs }
        return runs.filter { filter.matches($0, at: now) }
    }

    /// Where nobody may write that a supervisor fell silent, the readers say so themselves.
    private static func withSilence(
        _ page: RunPage, isWritable: Bool, at now: Timestamp, _ db: Database
    ) throws -> [Run] {
        if isWritable { return page.runs }
        let silent = Set(try SilentRuns.keys(at: now, db))
        return zip(page.runs, page.keys).map { run, key in
            var shown = [run]
            if silent.contains(key) { SilentRuns.overlay([run.id], on: &shown) }
            return shown[0]
        }
    }
}
