import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One snapshot, on a connection that only searches use: SQLite finds the keys of the page, then the page is read.
    package func search(_ search: RunSearch) async throws(RunServiceError) -> Page<HostedRun> {
        // Each key may join a table, and SQLite joins no more than 64.
        if search.order.count > 32 {
            throw RunServiceError(.invalid, "A search can be ordered by 32 keys at most; leave some out.")
        }
        let now = clock()
        return try await connections.search { db in try db.page(of: search, at: now) }
    }
}

extension Database {
    fileprivate func page(of search: RunSearch, at now: Timestamp) throws -> Page<HostedRun> {
        let silent = try SilentRuns.keys(at: now, self)
        var sql = RunConditionSQL(silent: silent, at: now, self)
        var conditions: [String] = []
        let order = RunOrderSQL(search.order, &sql)
        switch search.view {
        case .active: conditions.append("runs.deleted_at IS NULL")
        case .deleted: conditions.append("runs.deleted_at IS NOT NULL")
        case .all: break
        }
        if !search.includesHidden {
            conditions.append(
                "NOT EXISTS (SELECT 1 FROM run_documents AS d WHERE d.run_pk = runs.pk AND d.hidden = 1)")
        }
        if let subject = try clause(search.subject, &sql) { conditions.append(subject) }
        if let condition = search.condition { conditions.append(try sql.clause(condition)) }
        let page = try searchPage(
            "runs", joins: order.joins, where: conditions, by: order.keyset, limit: search.limit, page: search.page,
            &sql)
        return Page(try HostedPage.read(page.items, silent: Set(silent), from: self), next: page.next)
    }

    /// Nil for all runs.
    private func clause(_ subject: RunSearch.Subject, _ sql: inout RunConditionSQL) throws -> String? {
        switch subject {
        case .experiments(nil): return nil
        case .experiments(let ids?):
            let keys = try ids.compactMap { id in
                try integer("SELECT pk FROM experiments WHERE id = ?", [.text(id.text)])
            }
            if keys.count == 1 { return "runs.experiment_pk = \(sql.bind(.integer(keys[0])))" }
            // The index by start serves all experiments, that by experiment only one: the better of the two depends on
            // how many of the runs are asked for. A `+` keeps SQLite from using the latter.
            let counts = "SELECT COALESCE(SUM(count), 0) FROM status_counts"
            let chosen = "\(counts) WHERE experiment_pk IN (SELECT value FROM json_each(?))"
            let isMost = try integer(chosen, [keys.json]) ?? 0 >= (integer(counts) ?? 0) / 4
            return
                "\(isMost ? "+" : "")runs.experiment_pk IN (SELECT value FROM json_each(\(sql.bind(keys.json))))"
        case .runs(let ids):
            let keys = try keys(of: ids, withDeleted: true)
            return "runs.pk IN (SELECT value FROM json_each(\(sql.bind(keys.json))))"
        case .children(let id, let recursive):
            let parent = try key(of: id, deleted: .counts)
            if !recursive { return "runs.parent_pk = \(sql.bind(.integer(parent)))" }
            let keys = try descendants(of: parent, withDeleted: true)
            return "runs.pk IN (SELECT value FROM json_each(\(sql.bind(keys.json))))"
        }
    }
}
