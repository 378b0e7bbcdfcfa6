import Algorithms
import FileAccess
import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// The counts are those that the database keeps, as of one snapshot.
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try await connections.readSnapshot { db in try db.experiments(changedAfter: -1, upTo: .max) }
    }

    /// Reads one snapshot; a run whose supervisor fell silent is listed as NotResponding though the database says
    /// otherwise.
    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        let now = clock()
        return try await connections.readSnapshot { db in
            switch query.subject {
            case .scope(let scope):
                var selection = try RunSelection(query, at: now)
                if query.limit <= 0 { return selection.page() }
                let silent = Set(try SilentRuns.keys(at: now, db))
                let rows = try ListedRows(query, in: scope, statusIsStored: silent.isEmpty, at: now, db)
                try rows.forEachPage(from: selection.latestStart, db) { page in
                    for run in Self.shown(page, silent) { selection.offer(run) }
                    return !selection.isFull
                }
                return selection.page()
            case .children(let id, let recursive):
                let parent = try db.key(of: id)
                let keys = recursive ? try db.descendants(of: parent) : try db.children(of: parent)
                return try query.page(of: Self.runs(keys, at: now, db), at: now)
            case .runs(let ids):
                let keys = try db.keys(of: ids)
                return try query.page(of: Self.runs(keys, at: now, db), at: now)
            }
        }
    }

    /// Answers from one snapshot of the database.
    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        let now = clock()
        return try await connections.readSnapshot { db in
            let targets = try db.keys(of: ids)
            var known = Set(targets)
            var below: [Int64] = []
            if activeDescendants {
                for target in targets {
                    below += try db.descendants(of: target).filter { known.insert($0).inserted }
                }
            }
            let keys = targets + below
            let runs = try Self.runs(keys, at: now, db)
            var inspected: [InspectedRun] = []
            for (index, run) in runs.enumerated() where index < targets.count || !run.status.isTerminal {
                inspected.append(InspectedRun(run: run, supervisor: try db.supervision(of: keys[index])?.run.state))
            }
            return inspected
        }
    }

    /// Reads the run from one snapshot and its logs from the store's directory afterwards.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        let now = clock()
        var details = try await connections.readSnapshot { db in
            let key = try db.key(of: id)
            let page = try RunPage.read(.keys([key]), from: db)
            guard let run = Self.shown(page, Set(try SilentRuns.keys(at: now, db))).first else {
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
            return RunDetails(run: run, source: source, supervisor: try db.supervision(of: key)?.run.state)
        }
        let place = try await place(of: .run(id))
        let texts = try await BlockingCall.run { [files] () throws(RunServiceError) in try files.texts(below: place) }
        let own = try logs.files(of: id)
        details.logs = LogFile.inReadingOrder(own + texts.filter { text in !own.contains { $0.name == text.name } })
        return details
    }

    /// The runs with these keys, which exist, in this order.
    private static func runs(
        _ keys: [Int64], at now: Timestamp, _ db: Database
    ) throws -> [Run] {
        let silent = Set(try SilentRuns.keys(at: now, db))
        var found: [Run] = []
        for part in keys.chunks(ofCount: ListedRows.pageSize) {
            found += shown(try RunPage.read(.keys(Array(part)), from: db), silent)
        }
        return found
    }

    /// The rows as they are shown: a supervisor may have fallen silent since a reaper last wrote.
    private static func shown(_ page: RunPage, _ silent: Set<Int64>) -> [Run] {
        if silent.isEmpty { return page.runs }
        return zip(page.runs, page.keys).map { run, key in
            var shown = [run]
            if silent.contains(key) { SilentRuns.overlay([run.id], on: &shown) }
            return shown[0]
        }
    }
}
